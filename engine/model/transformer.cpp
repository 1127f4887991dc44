#include "engine/model/transformer.h"

#include <algorithm>
#include <cassert>

#include "engine/model/weights.h"

namespace lectern {
namespace {

/// [T, H, D] as [T, H · D].
TensorView flat(TensorView view) {
    view.shape = Shape{view.shape[0], view.shape.row_elements()};
    return view;
}

/// Everything but the file's bytes that a row's K and V depend on.
Hash128 fingerprint_of(const GgufFile& file, const ModelConfig& config) {
    Hasher hasher;
    hasher.add("transformer 1");
    hasher.add(file.content_hash());
    for (const Rope* rope : {&config.rope, &config.local_rope}) {
        hasher.add(static_cast<std::int64_t>(rope->style));
        hasher.add(static_cast<std::int64_t>(rope->inverse_frequency.size()));
        for (const float frequency : rope->inverse_frequency)
            hasher.add(static_cast<double>(frequency));
        hasher.add(static_cast<double>(rope->magnitude));
    }
    hasher.add(static_cast<std::int64_t>(config.window));
    hasher.add(static_cast<std::int64_t>(config.window_period));
    hasher.add(static_cast<double>(config.attention_scale));
    hasher.add(static_cast<double>(config.attention_softcap));
    hasher.add(static_cast<double>(config.embedding_scale));
    return hasher.finish();
}

}  // namespace

std::int64_t& WorkCounter::of(SegmentKind kind) {
    switch (kind) {
        case SegmentKind::kPrefix:
            return prefix;
        case SegmentKind::kHistory:
            return history;
        case SegmentKind::kPassage:
            return passage;
        case SegmentKind::kQuestion:
            return question;
        case SegmentKind::kAnswer:
            return answer;
    }
    assert(false);
    return answer;
}

struct Transformer::State {
    std::shared_ptr<const GgufFile> file;
    Backend& backend;
    ModelConfig config;
    ModelWeights weights;
    Hash128 fingerprint;
    Tensor logits;  ///< [kLogitRows, vocab_size]
    WorkCounter work;
    std::vector<std::int32_t> rows;  ///< of the last begin()

    std::int64_t n_rows() const { return static_cast<std::int64_t>(rows.size()); }
    std::int64_t q_dim() const { return std::int64_t{config.n_heads} * config.head_dim; }
    /// Multiply-adds of one row and layer: in project(), and in the rest of run_layer().
    std::int64_t projection_cost() const {
        return config.d_model * (q_dim() + 2 * config.kv_shape().row_elements());
    }
    std::int64_t remaining_cost() const {
        return config.d_model * (q_dim() + 3 * std::int64_t{config.d_ff});
    }
    /// For the rows from index `first` on.
    void count(std::int64_t cost_per_row, const KvCache& cache, std::int64_t first = 0) {
        for (std::int64_t i = first; i < n_rows(); ++i)
            work.of(cache.rows()[rows[i]].kind) += cost_per_row;
    }
    void feed_forward(const LayerWeights& w, Activations& a, std::int64_t first);
};

Transformer::Transformer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transformer::~Transformer() = default;

Result<std::unique_ptr<Transformer>> Transformer::load(std::shared_ptr<const GgufFile> file,
                                                       Backend& backend) {
    LECTERN_ASSIGN(ModelConfig config, ModelConfig::from_gguf(*file));
    LECTERN_ASSIGN(ModelWeights weights, ModelWeights::load(file, config, backend));
    LECTERN_ASSIGN(Tensor logits,
                   backend.allocate(DType::kF32, Shape{kLogitRows, config.vocab_size}));
    LECTERN_TRY(backend.synchronize());
    const Hash128 fingerprint = fingerprint_of(*file, config);
    return std::unique_ptr<Transformer>(
        new Transformer(std::unique_ptr<State>(new State{std::move(file),
                                                         backend,
                                                         std::move(config),
                                                         std::move(weights),
                                                         fingerprint,
                                                         std::move(logits),
                                                         {},
                                                         {}})));
}

const ModelConfig& Transformer::config() const { return state_->config; }
Backend& Transformer::backend() const { return state_->backend; }
const Hash128& Transformer::fingerprint() const { return state_->fingerprint; }
std::size_t Transformer::weight_bytes() const { return state_->weights.packed_bytes; }
const WorkCounter& Transformer::work() const { return state_->work; }
void Transformer::reset_work() { state_->work = {}; }

std::int64_t Transformer::row_cost() const {
    return state_->config.n_layers * (state_->projection_cost() + state_->remaining_cost());
}

std::int64_t Transformer::kv_row_cost() const { return row_cost() - state_->remaining_cost(); }

void Transformer::begin(Activations& a, std::span<const TokenId> ids,
                        std::span<const std::int32_t> rows) {
    assert(ids.size() == rows.size() && static_cast<int>(rows.size()) <= a.capacity);
    assert(std::is_sorted(rows.begin(), rows.end()));
    State& s = *state_;
    s.rows.assign(rows.begin(), rows.end());
    const std::int64_t n = s.n_rows();
    s.backend.upload(a.ids.rows(n), std::as_bytes(ids));
    s.backend.upload(a.rows.rows(n), std::as_bytes(rows));
    s.backend.embed(a.x.rows(n), *s.weights.embedding, a.ids.rows(n), s.config.embedding_scale);
}

void Transformer::project(int layer, Activations& a, KvCache& cache) {
    State& s = *state_;
    const LayerWeights& w = s.weights.layers[layer];
    const std::int64_t n = s.n_rows();
    const TensorView normed = a.normed.rows(n), q = a.q.rows(n), k = a.k.rows(n), v = a.v.rows(n);
    s.backend.rms_norm(normed, a.x.rows(n), w.attention_norm.view(), s.config.norm_eps);
    const Product products[] = {{flat(q), w.q.get(), w.q_bias.view()},
                                {flat(k), w.k.get(), w.k_bias.view()},
                                {flat(v), w.v.get(), w.v_bias.view()}};
    s.backend.multiply(normed, products);
    if (s.config.qk_norm) {
        s.backend.rms_norm(q, q, w.q_norm.view(), s.config.norm_eps);
        s.backend.rms_norm(k, k, w.k_norm.view(), s.config.norm_eps);
    }
    s.backend.rope(q, a.rows.rows(n), cache.positions(), s.config.rope_of(layer));
    s.count(s.projection_cost(), cache);
}

void Transformer::run_layer(int layer, Activations& a, KvCache& cache) {
    run_layer(layer, a, cache, static_cast<int>(state_->n_rows()));
}

void Transformer::run_layer(int layer, Activations& a, KvCache& cache, int n_outputs) {
    project(layer, a, cache);
    finish_layer(layer, a, cache, n_outputs);
}

void Transformer::finish_layer(int layer, Activations& a, KvCache& cache, int n_outputs) {
    State& s = *state_;
    assert(cache.shape() == s.config.kv_shape());
    assert(n_outputs >= 0 && n_outputs <= s.n_rows());
    const LayerWeights& w = s.weights.layers[layer];
    const bool is_last = layer + 1 == s.config.n_layers;
    const std::int64_t all = s.n_rows(), n = is_last ? n_outputs : all, first = all - n;

    s.backend.write_kv(cache.layer(layer), a.k.rows(all), a.v.rows(all), a.rows.rows(all),
                       cache.positions(), s.config.rope_of(layer));
    const TensorView rows = a.rows.view().slice(first, n), q = a.q.view().slice(first, n);
    const TensorView x = a.x.view().slice(first, n);
    const TensorView attended = a.attended.rows(n), projected = a.projected.rows(n);
    s.backend.attention(attended, q, cache.layer(layer), rows, cache.positions(),
                        s.config.attention_options(layer));
    s.backend.matmul(projected, flat(attended), *w.attention, {});
    if (s.config.post_norms)
        s.backend.rms_norm(projected, projected, w.attention_post_norm.view(), s.config.norm_eps);
    s.backend.add(x, projected);
    s.feed_forward(w, a, first);
    s.count(s.remaining_cost(), cache, first);
}

/// x += down(act(gate(norm(x))) · up(norm(x))) for the rows from index `first` on, in blocks of
/// rows: the wide scratch stays small.
void Transformer::State::feed_forward(const LayerWeights& w, Activations& a, std::int64_t first) {
    const std::int64_t block_rows = a.gate.shape()[0];
    for (std::int64_t begin = first; begin < n_rows(); begin += block_rows) {
        const std::int64_t n = std::min(block_rows, n_rows() - begin);
        const TensorView x = a.x.view().slice(begin, n), normed = a.normed.rows(n);
        const TensorView gate = a.gate.rows(n), up = a.up.rows(n), out = a.projected.rows(n);
        backend.rms_norm(normed, x, w.feed_forward_norm.view(), config.norm_eps);
        const Product products[] = {{gate, w.gate.get(), {}}, {up, w.up.get(), {}}};
        backend.multiply(normed, products);
        backend.gated_activate(gate, up, config.activation);
        backend.matmul(out, gate, *w.down, {});
        if (config.post_norms)
            backend.rms_norm(out, out, w.feed_forward_post_norm.view(), config.norm_eps);
        backend.add(x, out);
    }
}

void Transformer::logits(Activations& a, int t, std::span<float> out) { logits(a, t, 1, out); }

void Transformer::logits(Activations& a, int first, int n, std::span<float> out) {
    State& s = *state_;
    assert(first >= 0 && n >= 0 && n <= kLogitRows && first + n <= s.n_rows());
    assert(out.size() == static_cast<std::size_t>(n) * s.config.vocab_size);
    if (n == 0) return;
    const TensorView normed = a.normed.rows(n), logits = s.logits.rows(n);
    s.backend.rms_norm(normed, a.x.view().slice(first, n), s.weights.output_norm.view(),
                       s.config.norm_eps);
    s.backend.matmul(logits, normed, s.weights.output(), {});
    if (s.config.logit_softcap > 0) s.backend.softcap(logits, s.config.logit_softcap);
    s.backend.download(std::as_writable_bytes(out), logits);
}

}  // namespace lectern
