#include "engine/fusion/repair.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/model/row_pass.h"

namespace lectern {

Result<int> repair(Transformer& model, Activations& activations, KvCache& cache, int max_rows,
                   std::stop_token stop) {
    assert(max_rows >= 1);
    const int first = cache.n_exact();
    const auto rows = consecutive_rows(first, std::min(max_rows, cache.size() - first));
    LECTERN_TRY(run_pass({model, activations, cache, rows, std::move(stop)}));
    for (const std::int32_t row : rows) cache.set_state(row, RowState::kExact);
    return static_cast<int>(rows.size());
}

}  // namespace lectern
