// Fusing: stored chunks placed behind one another, the chosen rows and the question recomputed, in
// one pass over layers.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/fusion/token_selector.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

struct FuseOptions {
    double ratio = 0.15;  ///< share of all passage rows to recompute, [0, 1]
    std::uint64_t seed = 0;
};

struct FuseReport {
    double load_ms = 0;  ///< waiting for stored layers and placing them
    double fuse_ms =
        0;  ///< everything between the first layer asked for and the logits, load included
    int reused_rows = 0;  ///< passage rows whose stored KV stands
    int recomputed_rows = 0;
    double charged_ratio = 0;   ///< design.md, decision 8
    std::vector<float> logits;  ///< of the question's last row
};

/// The rows of a prompt laid out in a cache: appends every segment behind what the cache holds (a
/// shared prefix or a past turn) and returns the ids of all rows that these segments cover, by row.
/// Both readings below leave the cache with every row of the plan, ready to decode.

/// A full read: all segments computed. Segments that the cache already holds (rows > 0, same ids)
/// are not part of it.
Result<FuseReport> read_full(Transformer& model, Activations& activations, KvCache& cache,
                             const PromptSegments& segments, std::stop_token stop);

/// A fused read: chunks[i] belongs to the i-th passage segment (same token count). Prefix and
/// history segments are computed, passages placed from their chunks, the selector's rows and the
/// question computed. The first passage of a cache that holds the prefix alone is exact. kCorrupt
/// or kIo of a chunk: the cache is back at its size before the call.
Result<FuseReport> read_fused(Transformer& model, Activations& activations, KvCache& cache,
                              const PromptSegments& segments,
                              std::span<const std::shared_ptr<const ChunkKv>> chunks,
                              TokenSelector& selector, const FuseOptions& options,
                              std::stop_token stop);

/// A chunk's own KV: its rows computed right behind the prefix that the cache holds (size() ==
/// prefix rows), in stored form. The cache is back at the prefix afterwards. kCancelled.
Result<std::shared_ptr<const ChunkKv>> compute_chunk(Transformer& model, Activations& activations,
                                                     KvCache& cache, std::span<const TokenId> chunk,
                                                     KvPrecision precision, std::stop_token stop);

}  // namespace lectern
