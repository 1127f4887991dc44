#include "engine/model/row_pass.h"

#include <algorithm>
#include <cassert>

namespace lectern {
namespace {

Status run_block(const RowPass& pass, const LayerHooks& hooks, const RowBlock& block) {
    const auto rows =
        pass.rows.subspan(static_cast<std::size_t>(block.first), static_cast<std::size_t>(block.n));
    pass.model.begin(pass.activations, pass.cache.tokens_of(rows), rows);
    const int n_outputs = block.last ? std::min(pass.n_outputs, block.n) : 0;
    for (int layer = 0; layer < pass.model.config().n_layers; ++layer) {
        if (pass.stop.stop_requested()) return fail(ErrorCode::kCancelled, "Reading was stopped.");
        if (hooks.before) LECTERN_TRY(hooks.before(layer));
        pass.model.project(layer, pass.activations, pass.cache);
        if (hooks.projected) LECTERN_TRY(hooks.projected(layer, block));
        pass.model.finish_layer(layer, pass.activations, pass.cache, n_outputs);
        if (hooks.after) LECTERN_TRY(hooks.after(layer, block));
    }
    return pass.model.backend().synchronize();
}

}  // namespace

Result<int> run_pass(const RowPass& pass, const LayerHooks& hooks) {
    const int n_rows = static_cast<int>(pass.rows.size());
    int last = -1;
    for (int first = 0; first < n_rows; first += pass.activations.capacity) {
        const int n = std::min(pass.activations.capacity, n_rows - first);
        LECTERN_TRY(run_block(pass, hooks, {first, n, first + n == n_rows}));
        last = n - 1;
    }
    return last;
}

}  // namespace lectern
