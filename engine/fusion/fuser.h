// Fusing: stored chunks placed behind one another, the chosen rows and the question recomputed, in
// one pass over layers. Beside it the full read it is measured against, and the pass that makes a
// chunk's KV.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/phase_clock.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/fusion/row_correction.h"
#include "engine/fusion/token_selector.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

struct FuseOptions {
    double ratio = 0.15;  ///< share of all passage rows to recompute, [0, 1]
    /// Unsure answers err the most: above this entropy (nats) of the next token, as the selector's
    /// probe of the question sees it, the share grows in proportion, up to all rows; a share of
    /// none stays none. 0: it does not grow.
    double sure_nats = 0;
    std::uint64_t seed = 0;
    Correction correction = {};  ///< of the rows that are not recomputed
};

struct FuseReport {
    ReadPhases phases{};  ///< of fuse_ms
    double load_ms = 0;   ///< waiting for stored layers and placing them
    double fuse_ms = 0;   ///< all of it, load included
    int reused_rows = 0;  ///< passage rows whose stored KV stands
    int recomputed_rows = 0;
    double charged_ratio = 0;   ///< design.md, decision 8
    std::vector<float> logits;  ///< of the question's last row
};

// Both readings append every segment behind what the cache holds (a shared prefix, past turns),
// number it behind the last one there, and leave the cache with every row of the plan, its state
// set, ready to decode. Segments that the cache already holds are not part of the plan given. On
// any error the cache is back at its size before the call: kTooLong when the plan does not fit into
// it, kInvalidArgument for an empty question, kCancelled within a layer. One thread at a time.

/// The prefix, computed into an empty cache. kTooLong; kCancelled: the cache is empty again.
Status read_prefix(Transformer& model, Activations& activations, KvCache& cache,
                   std::span<const TokenId> prefix, const std::stop_token& stop);

/// A full read: all segments computed.
Result<FuseReport> read_full(Transformer& model, Activations& activations, KvCache& cache,
                             const PromptSegments& segments, std::stop_token stop);

/// A fused read: chunks[i] belongs to the i-th passage segment (same token count). Prefix and
/// history segments are computed, passages placed from their chunks, the selector's rows and the
/// question computed, the other rows corrected. The first passage behind nothing but the prefix
/// stands. kCorrupt or kIo of a chunk, kInvalidArgument of a shift of another model.
/// Pre: sure_nats is 0 or the selector reads the question.
Result<FuseReport> read_fused(Transformer& model, Activations& activations, KvCache& cache,
                              const PromptSegments& segments,
                              std::span<const std::shared_ptr<const ChunkKv>> chunks,
                              TokenSelector& selector, const FuseOptions& options,
                              std::stop_token stop);

/// A chunk's own KV: its rows computed right behind the prefix that the cache holds (size() ==
/// prefix rows), in stored form. The cache is back at the prefix afterwards. kInvalidArgument for
/// an empty chunk, kTooLong, kCancelled.
Result<std::shared_ptr<const ChunkKv>> compute_chunk(Transformer& model, Activations& activations,
                                                     KvCache& cache, std::span<const TokenId> chunk,
                                                     KvFormat format, const std::stop_token& stop);

}  // namespace lectern
