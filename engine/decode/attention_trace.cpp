#include "engine/decode/attention_trace.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lectern {
namespace {

/// A layer's cache as one of its KV heads alone has it.
LayerKv only_head(const LayerKv& kv, int kv_head) {
    const auto of_head = [&](const TensorView& view) {
        return view.data == nullptr ? view : view.slice(kv_head, 1);
    };
    return {of_head(kv.k), of_head(kv.v), of_head(kv.k_scale), of_head(kv.v_scale)};
}

/// q[T, n_heads, head_dim] → one row's one head [1, 1, head_dim].
TensorView only_head(const TensorView& q, int row, int head) {
    const std::int64_t n_heads = q.shape[1], head_dim = q.shape[2];
    const TensorView by_head{q.data, q.dtype, {q.rows() * n_heads, head_dim}, q.device};
    const TensorView one = by_head.slice(row * n_heads + head, 1);
    return {one.data, one.dtype, {1, 1, head_dim}, one.device};
}

}  // namespace

AttentionTrace::AttentionTrace(Transformer& model, std::vector<AttentionHead> heads, int n_columns,
                               OnRow on_row)
    : model_(&model),
      heads_(std::move(heads)),
      n_columns_(n_columns),
      on_row_(std::move(on_row)),
      zeros_(static_cast<std::size_t>(n_columns), 0.0f),
      host_(heads_.size() * static_cast<std::size_t>(n_columns)) {}

Result<AttentionTrace> AttentionTrace::create(Transformer& model, std::vector<AttentionHead> heads,
                                              int n_columns, OnRow on_row) {
    assert(n_columns >= 1);
    AttentionTrace trace(model, std::move(heads), n_columns, std::move(on_row));
    LECTERN_ASSIGN(
        trace.weights_,
        model.backend().allocate(
            DType::kF32, Shape{kRows, static_cast<std::int64_t>(trace.heads_.size()), n_columns}));
    return trace;
}

LayerHooks AttentionTrace::hooks(Activations& activations, KvCache& cache, int first) {
    LayerHooks hooks;
    hooks.after = [this, &activations, &cache, first](int layer, const RowBlock& block) {
        assert(block.first == 0);
        return listen(layer, {first, block.n - first, block.last}, activations, cache);
    };
    return hooks;
}

Status AttentionTrace::listen(int layer, const RowBlock& block, Activations& activations,
                              KvCache& cache) {
    assert(block.n <= kRows);
    Backend& backend = model_->backend();
    const ModelConfig& config = model_->config();
    const auto n_heads = static_cast<std::int64_t>(heads_.size());
    const TensorView by_head{
        weights_.view().data, DType::kF32, {kRows * n_heads, n_columns_}, weights_.view().device};
    for (std::int64_t i = 0; i < n_heads; ++i) {
        if (heads_[i].layer != layer) continue;
        const int head = heads_[i].head;
        const LayerKv kv =
            only_head(cache.layer(layer), head / (config.n_heads / config.n_kv_heads));
        for (int t = 0; t < block.n; ++t) {
            const TensorView row = by_head.slice(t * n_heads + i, 1);
            const TensorView out{row.data, row.dtype, {n_columns_}, row.device};
            backend.upload(out, std::as_bytes(std::span(zeros_)));
            backend.attention_mass(out, only_head(activations.q.view(), block.first + t, head), kv,
                                   activations.rows.view().slice(block.first + t, 1),
                                   cache.positions(), config.attention_options(layer), {});
        }
    }
    return {};
}

void AttentionTrace::keep(int t) {
    model_->backend().download(std::as_writable_bytes(std::span(host_)),
                               weights_.view().slice(t, 1));
    on_row_(host_);
}

}  // namespace lectern
