#include "engine/model/encoder.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

#include "engine/gguf/safetensors_file.h"
#include "engine/model/encoder_config.h"
#include "engine/model/encoder_weights.h"

namespace lectern {
namespace {

constexpr int kSpecialTokens = 2;  // [CLS], [SEP]
constexpr int kBatchRows = 512;

/// The scratch of one batch of up to `capacity` rows.
struct EncoderActivations {
    int capacity = 0;
    Tensor x;               ///< [capacity, d_model]
    Tensor projected;       ///< [capacity, d_model]
    Tensor q, k, v;         ///< [capacity, n_heads, head_dim]
    Tensor attended;        ///< [capacity, n_heads, head_dim]
    Tensor hidden;          ///< [capacity, d_ff]
    Tensor ids, positions;  ///< i32[capacity]

    static Result<EncoderActivations> create(Backend& backend, const EncoderConfig& c) {
        EncoderActivations a;
        a.capacity = std::max(kBatchRows, c.max_sequence);
        const auto f32 = [&](Shape shape) { return backend.allocate(DType::kF32, shape); };
        LECTERN_ASSIGN(a.x, f32({a.capacity, c.d_model}));
        LECTERN_ASSIGN(a.projected, f32({a.capacity, c.d_model}));
        for (Tensor* tensor : {&a.q, &a.k, &a.v, &a.attended}) {
            LECTERN_ASSIGN(*tensor, f32({a.capacity, c.n_heads, c.head_dim}));
        }
        LECTERN_ASSIGN(a.hidden, f32({a.capacity, c.d_ff}));
        for (Tensor* tensor : {&a.ids, &a.positions}) {
            LECTERN_ASSIGN(*tensor, backend.allocate(DType::kI32, {a.capacity}));
        }
        return a;
    }
};

/// Sequences behind one another, without padding, each in [CLS] … [SEP].
struct PackedSequences {
    std::vector<std::int32_t> ids, positions;
    std::vector<std::int32_t> offsets{0};

    void add(std::span<const TokenId> sequence, TokenId cls, TokenId sep) {
        ids.push_back(cls);
        ids.insert(ids.end(), sequence.begin(), sequence.end());
        ids.push_back(sep);
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(sequence.size()) + kSpecialTokens;
             ++i)
            positions.push_back(i);
        offsets.push_back(static_cast<std::int32_t>(ids.size()));
    }
    int n_rows() const { return static_cast<int>(ids.size()); }
    int n_sequences() const { return static_cast<int>(offsets.size()) - 1; }
};

/// [T, H, D] as [T, H · D].
TensorView flat(TensorView view) {
    view.shape = Shape{view.shape[0], view.shape.row_elements()};
    return view;
}

/// out = the unit vector of the mean of n rows of x[n, out.size()].
void pool(std::span<float> out, std::span<const float> x, int n) {
    std::vector<double> mean(out.size(), 0.0);
    for (int row = 0; row < n; ++row)
        for (std::size_t d = 0; d < out.size(); ++d) mean[d] += x[row * out.size() + d];
    double squares = 0;
    for (const double value : mean) squares += value * value;
    const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;  // a mean of zeros stays zero
    for (std::size_t d = 0; d < out.size(); ++d) out[d] = static_cast<float>(mean[d] * scale);
}

}  // namespace

/// What twins share; immutable.
struct Encoder::Model {
    EncoderConfig config;
    std::unique_ptr<const Tokenizer> tokenizer;
    EncoderWeights weights;
    TokenId cls = 0, sep = 0;
    Hash128 fingerprint;
};

struct Encoder::State {
    std::shared_ptr<const Model> model;
    Backend& backend;
    EncoderActivations activations;
    const EncoderConfig& config = model->config;
    const EncoderWeights& weights = model->weights;

    void linear(TensorView out, TensorView x, const LinearWeights& w) {
        backend.matmul(out, x, *w.weight, w.bias.view());
    }
    void norm(TensorView out, TensorView x, const LayerNormWeights& w) {
        backend.layer_norm(out, x, w.weight.view(), w.bias.view(), config.norm_eps);
    }
    void begin(const PackedSequences& batch);
    void run_layer(const EncoderLayerWeights& w, const PackedSequences& batch);
    Status embed_batch(const PackedSequences& batch, std::span<float> out);
};

Encoder::Encoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
Encoder::~Encoder() = default;

Result<std::unique_ptr<Encoder>> Encoder::load(const std::filesystem::path& folder,
                                               Backend& backend) {
    LECTERN_ASSIGN(const EncoderConfig config, EncoderConfig::read(folder));
    LECTERN_ASSIGN(std::shared_ptr<const SafetensorsFile> file,
                   SafetensorsFile::open(folder / "model.safetensors"));
    LECTERN_ASSIGN(std::unique_ptr<Tokenizer> tokenizer, load_wordpiece(folder));
    const auto cls = tokenizer->find("[CLS]"), sep = tokenizer->find("[SEP]");
    if (!cls || !sep || tokenizer->vocab_size() > config.vocab_size)
        return fail(
            ErrorCode::kCorrupt,
            "The embedder's vocabulary in " + folder.string() + " does not belong to its weights.",
            "Download it again.");
    LECTERN_ASSIGN(EncoderWeights weights, EncoderWeights::load(file, config, backend));
    Hasher hasher;
    hasher.add("encoder 3");
    hasher.add(file->content_hash());
    hasher.add(tokenizer->content_hash());
    hasher.add(static_cast<std::int64_t>(config.n_heads));
    hasher.add(static_cast<std::int64_t>(config.max_sequence));
    hasher.add(static_cast<double>(config.norm_eps));
    return over(std::shared_ptr<const Model>(new Model{
                    config, std::move(tokenizer), std::move(weights), *cls, *sep, hasher.finish()}),
                backend);
}

Result<std::unique_ptr<Encoder>> Encoder::over(std::shared_ptr<const Model> model,
                                               Backend& backend) {
    LECTERN_ASSIGN(EncoderActivations activations,
                   EncoderActivations::create(backend, model->config));
    return std::unique_ptr<Encoder>(new Encoder(
        std::unique_ptr<State>(new State{std::move(model), backend, std::move(activations)})));
}

Result<std::unique_ptr<Encoder>> Encoder::twin(Backend& backend) const {
    return over(state_->model, backend);
}

int Encoder::dimensions() const { return state_->config.d_model; }
int Encoder::max_tokens() const { return state_->config.max_sequence - kSpecialTokens; }
const Hash128& Encoder::fingerprint() const { return state_->model->fingerprint; }
const Tokenizer& Encoder::tokenizer() const { return *state_->model->tokenizer; }

Status Encoder::embed(std::span<const std::vector<TokenId>> sequences, std::span<float> out) {
    State& s = *state_;
    assert(out.size() == sequences.size() * s.config.d_model);
    for (const auto& sequence : sequences)
        if (static_cast<int>(sequence.size()) > max_tokens())
            return fail(ErrorCode::kTooLong, "A text of " + std::to_string(sequence.size()) +
                                                 " tokens is longer than the embedder's " +
                                                 std::to_string(max_tokens()) + ".");
    std::size_t next = 0;
    while (next < sequences.size()) {
        const std::size_t first = next;
        PackedSequences batch;
        do batch.add(sequences[next++], s.model->cls, s.model->sep);
        while (next < sequences.size() &&
               batch.n_rows() + static_cast<int>(sequences[next].size()) + kSpecialTokens <=
                   s.activations.capacity);
        LECTERN_TRY(s.embed_batch(
            batch, out.subspan(first * s.config.d_model, (next - first) * s.config.d_model)));
    }
    return {};
}

Status Encoder::State::embed_batch(const PackedSequences& batch, std::span<float> out) {
    begin(batch);
    for (const EncoderLayerWeights& layer : weights.layers) run_layer(layer, batch);
    std::vector<float> x(static_cast<std::size_t>(batch.n_rows()) * config.d_model);
    backend.download(std::as_writable_bytes(std::span(x)), activations.x.rows(batch.n_rows()));
    LECTERN_TRY(backend.synchronize());
    const std::span<const float> rows(x);
    for (int i = 0; i < batch.n_sequences(); ++i) {
        const int n = batch.offsets[i + 1] - batch.offsets[i];
        pool(out.subspan(static_cast<std::size_t>(i) * config.d_model, config.d_model),
             rows.subspan(static_cast<std::size_t>(batch.offsets[i]) * config.d_model,
                          static_cast<std::size_t>(n) * config.d_model),
             n);
    }
    return {};
}

/// x = norm(word + position).
void Encoder::State::begin(const PackedSequences& batch) {
    EncoderActivations& a = activations;
    const int n = batch.n_rows();
    backend.upload(a.ids.rows(n), std::as_bytes(std::span(batch.ids)));
    backend.upload(a.positions.rows(n), std::as_bytes(std::span(batch.positions)));
    const TensorView sum = a.projected.rows(n), term = a.x.rows(n);
    backend.gather_rows(sum, weights.words.view(), a.ids.rows(n));
    backend.gather_rows(term, weights.positions.view(), a.positions.rows(n));
    backend.add(sum, term);
    norm(a.x.rows(n), sum, weights.embedding_norm);
}

/// Post-layer-norm: x = norm(x + attention(x)), then x = norm(x + feed_forward(x)).
void Encoder::State::run_layer(const EncoderLayerWeights& w, const PackedSequences& batch) {
    EncoderActivations& a = activations;
    const int n = batch.n_rows();
    const TensorView x = a.x.rows(n), projected = a.projected.rows(n), hidden = a.hidden.rows(n);
    const float scale = 1 / std::sqrt(static_cast<float>(config.head_dim));
    const Product products[] = {{flat(a.q.rows(n)), w.q.weight.get(), w.q.bias.view()},
                                {flat(a.k.rows(n)), w.k.weight.get(), w.k.bias.view()},
                                {flat(a.v.rows(n)), w.v.weight.get(), w.v.bias.view()}};
    backend.multiply(x, products);
    backend.encoder_attention(a.attended.rows(n), a.q.rows(n), a.k.rows(n), a.v.rows(n),
                              batch.offsets, scale);
    linear(projected, flat(a.attended.rows(n)), w.attention);
    backend.add(projected, x);
    norm(x, projected, w.attention_norm);
    linear(hidden, x, w.up);
    backend.activate(hidden, Activation::kGeluErf);
    linear(projected, hidden, w.down);
    backend.add(projected, x);
    norm(x, projected, w.output_norm);
}

}  // namespace lectern
