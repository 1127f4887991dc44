// Repair: what a fused reading left inexact becomes what a full read would have computed, front to
// back, until the cache is the full read of everything it holds.
#pragma once

#include <stop_token>

#include "engine/base/result.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

/// Computes the first rows that are not exact, at most max_rows of them (≥ 1), behind the exact
/// ones, and marks them exact: passages, questions and answers alike. Returns how many; 0: every
/// row is exact. On the CPU the cache then equals a full read of its tokens to the last bit.
///
/// kCancelled within a layer: the rows under way keep their state. In some layers they may already
/// hold a full read's values, so that the cache is as good to go on from as before, and the next
/// call takes them up again.
Result<int> repair(Transformer& model, Activations& activations, KvCache& cache, int max_rows,
                   std::stop_token stop);

/// repair() until every row is exact: how many were not. Few rows at a time, so that little is lost
/// where it is stopped (kCancelled).
Result<int> repair_all(Transformer& model, Activations& activations, KvCache& cache,
                       std::stop_token stop);

}  // namespace lectern
