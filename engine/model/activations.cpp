#include "engine/model/activations.h"

#include <algorithm>

namespace lectern {

Result<Activations> Activations::create(Backend& backend, const ModelConfig& config, int capacity) {
    const auto f32 = [&](Shape shape) { return backend.allocate(DType::kF32, shape); };
    const int ff_rows = std::min(capacity, kFeedForwardRows);
    Activations a;
    a.capacity = capacity;
    LECTERN_ASSIGN(a.x, f32({capacity, config.d_model}));
    LECTERN_ASSIGN(a.normed, f32({capacity, config.d_model}));
    LECTERN_ASSIGN(a.q, f32({capacity, config.n_heads, config.head_dim}));
    LECTERN_ASSIGN(a.k, f32({capacity, config.n_kv_heads, config.head_dim}));
    LECTERN_ASSIGN(a.v, f32({capacity, config.n_kv_heads, config.head_dim}));
    LECTERN_ASSIGN(a.attended, f32({capacity, config.n_heads, config.head_dim}));
    LECTERN_ASSIGN(a.projected, f32({capacity, config.d_model}));
    LECTERN_ASSIGN(a.gate, f32({ff_rows, config.d_ff}));
    LECTERN_ASSIGN(a.up, f32({ff_rows, config.d_ff}));
    LECTERN_ASSIGN(a.ids, backend.allocate(DType::kI32, {capacity}));
    LECTERN_ASSIGN(a.rows, backend.allocate(DType::kI32, {capacity}));
    return a;
}

Status Activations::reserve(Backend& backend, const ModelConfig& config, int n_rows) {
    if (n_rows <= capacity) return {};
    LECTERN_ASSIGN(*this, create(backend, config, n_rows));
    return {};
}

}  // namespace lectern
