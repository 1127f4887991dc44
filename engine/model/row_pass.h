// One pass of chosen rows through all layers, with a word to say at each layer: what
// reading, decoding, probing, recomputing, repairing and capturing a chunk's KV have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

struct RowPass {
    Transformer& model;
    Activations& activations;
    KvCache& cache;
    std::span<const std::int32_t> rows;  ///< ascending, appended in cache; any number of them
    std::stop_token stop;
    /// How many of its last rows are wanted for logits; of the others only K and V are.
    int n_outputs = 0;
};

/// The part [first, first + n) of a pass's rows, which goes through a layer in one call.
struct RowBlock {
    int first = 0;
    int n = 0;
    bool last = false;
};

struct LayerHooks {
    /// Before anything of the layer.
    std::function<Status(int layer)> before;
    /// The layer's q, k and v of the block's rows are in activations; neither are they in the cache
    /// yet, nor has the layer read it.
    std::function<Status(int layer, const RowBlock& block)> projected;
    /// The layer is done; its q, k and v are still in activations.
    std::function<Status(int layer, const RowBlock& block)> after;
};

/// Runs the rows in blocks of at most activations.capacity, each block through all layers.
/// Afterwards activations holds the last block, with x for the last n_outputs rows of it. Returns
/// the index of the last row in it (for Transformer::logits), or −1 for no rows. kCancelled within
/// a layer; a hook's error ends it.
///
/// Blocks are exact for scattered rows, too: a row sees cache rows up to its own only, blocks
/// ascend, so that every row of this pass which a row may see was written by its own block or an
/// earlier one, in all layers, and no row sees what a later block will overwrite.
Result<int> run_pass(const RowPass& pass, const LayerHooks& hooks = {});

}  // namespace lectern
