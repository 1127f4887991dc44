#include "engine/fusion/repair.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/model/row_pass.h"

namespace lectern {
namespace {

/// Enough to share the reading of weights.
constexpr int kRowsAtOnce = 128;

}  // namespace

Result<int> repair(Transformer& model, Activations& activations, KvCache& cache, int max_rows,
                   std::stop_token stop) {
    assert(max_rows >= 1);
    const int first = cache.n_exact();
    const auto rows = consecutive_rows(first, std::min(max_rows, cache.size() - first));
    LECTERN_TRY(run_pass({model, activations, cache, rows, std::move(stop)}));
    for (const std::int32_t row : rows) cache.set_state(row, RowState::kExact);
    return static_cast<int>(rows.size());
}

Result<int> repair_all(Transformer& model, Activations& activations, KvCache& cache,
                       std::stop_token stop) {
    int n_repaired = 0;
    while (cache.n_exact() < cache.size()) {
        LECTERN_ASSIGN(const int n, repair(model, activations, cache, kRowsAtOnce, stop));
        n_repaired += n;
    }
    return n_repaired;
}

}  // namespace lectern
