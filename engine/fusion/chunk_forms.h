// Chunks in several stored forms at once: what measures the forms against one another computes
// their keys and values once.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/kv/chunk_kv.h"
#include "engine/model/row_pass.h"

namespace lectern {

/// One chunk, in the order of the formats asked for.
using ChunkForms = std::vector<std::shared_ptr<const ChunkKv>>;

/// run_pass, its rows' keys (before RoPE) and values kept in these formats. kInvalidArgument for no
/// rows.
Result<ChunkForms> capture_forms(const RowPass& pass, std::span<const KvFormat> formats);

/// compute_chunk (fuser.h) in these formats.
Result<ChunkForms> compute_chunk_forms(Transformer& model, Activations& activations, KvCache& cache,
                                       std::span<const TokenId> chunk,
                                       std::span<const KvFormat> formats,
                                       const std::stop_token& stop);

/// The passages' KV as a full read of these segments computes it, each passage behind those before
/// it. Read fused with no row recomputed, what is lost against the full read is the stored form's
/// rounding alone. The cache is back at its size; the errors of read_full.
Result<std::vector<ChunkForms>> capture_full_read(Transformer& model, Activations& activations,
                                                  KvCache& cache, const PromptSegments& segments,
                                                  std::span<const KvFormat> formats,
                                                  const std::stop_token& stop);

}  // namespace lectern
