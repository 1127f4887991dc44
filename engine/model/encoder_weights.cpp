#include "engine/model/encoder_weights.h"

#include <string>

#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

class EncoderWeightLoader {
  public:
    EncoderWeightLoader(const std::shared_ptr<const SafetensorsFile>& file, Backend& backend)
        : file_(file),
          backend_(backend),
          // Checkpoints of a model with a head carry its name before the encoder's.
          prefix_(file->tensor("bert.embeddings.word_embeddings.weight") != nullptr ? "bert."
                                                                                    : "") {}

    Result<std::unique_ptr<Weight>> matrix(const std::string& name, std::int64_t n_out,
                                           std::int64_t n_in) {
        LECTERN_ASSIGN(const GgufTensor* tensor, find(name, Shape{n_out, n_in}));
        return backend_.pack({.dtype = tensor->dtype,
                              .n_out = n_out,
                              .n_in = n_in,
                              .bytes = tensor->bytes,
                              .keep_alive = file_,
                              .as_int16 = true});
    }

    Result<std::vector<float>> values(const std::string& name, const Shape& shape) {
        LECTERN_ASSIGN(const GgufTensor* tensor, find(name, shape));
        std::vector<float> values(shape.n_elements());
        dequantize(tensor->dtype, tensor->bytes, values);
        return values;
    }

    Result<Tensor> tensor(std::span<const float> values, const Shape& shape) {
        LECTERN_ASSIGN(Tensor out, backend_.allocate(DType::kF32, shape));
        backend_.upload(out.view(), std::as_bytes(values));
        return out;
    }

    Result<LinearWeights> linear(const std::string& name, std::int64_t n_out, std::int64_t n_in) {
        LinearWeights linear;
        LECTERN_ASSIGN(linear.weight, matrix(name + ".weight", n_out, n_in));
        LECTERN_ASSIGN(linear.bias, vector(name + ".bias", n_out));
        return linear;
    }

    Result<LayerNormWeights> layer_norm(const std::string& name, std::int64_t n) {
        LayerNormWeights norm;
        LECTERN_ASSIGN(norm.weight, vector(name + ".weight", n));
        LECTERN_ASSIGN(norm.bias, vector(name + ".bias", n));
        return norm;
    }

  private:
    Result<Tensor> vector(const std::string& name, std::int64_t n) {
        LECTERN_ASSIGN(const std::vector<float> from, values(name, Shape{n}));
        return tensor(from, Shape{n});
    }

    Result<const GgufTensor*> find(const std::string& name, const Shape& shape) {
        const GgufTensor* tensor = file_->tensor(prefix_ + name);
        if (tensor != nullptr && tensor->shape == shape) return tensor;
        return fail(ErrorCode::kCorrupt,
                    "The embedder's weights " +
                        std::string(tensor == nullptr ? "lack" : "have a wrong shape of") +
                        " the tensor " + name + ".",
                    "Download it again.");
    }

    std::shared_ptr<const SafetensorsFile> file_;
    Backend& backend_;
    std::string prefix_;
};

Status load_tables(EncoderWeightLoader& loader, const EncoderConfig& c, EncoderWeights& w) {
    const Shape words{c.vocab_size, c.d_model}, positions{c.n_positions, c.d_model};
    LECTERN_ASSIGN(const std::vector<float> word_values,
                   loader.values("embeddings.word_embeddings.weight", words));
    LECTERN_ASSIGN(w.words, loader.tensor(word_values, words));
    LECTERN_ASSIGN(std::vector<float> sums,
                   loader.values("embeddings.position_embeddings.weight", positions));
    LECTERN_ASSIGN(const std::vector<float> types,
                   loader.values("embeddings.token_type_embeddings.weight",
                                 Shape{c.n_token_types, c.d_model}));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += types[i % c.d_model];
    LECTERN_ASSIGN(w.positions, loader.tensor(sums, positions));
    return {};
}

Result<EncoderLayerWeights> load_layer(EncoderWeightLoader& loader, const std::string& layer,
                                       const EncoderConfig& c) {
    EncoderLayerWeights w;
    const std::string attention = layer + "attention.";
    LECTERN_ASSIGN(w.q, loader.linear(attention + "self.query", c.d_model, c.d_model));
    LECTERN_ASSIGN(w.k, loader.linear(attention + "self.key", c.d_model, c.d_model));
    LECTERN_ASSIGN(w.v, loader.linear(attention + "self.value", c.d_model, c.d_model));
    LECTERN_ASSIGN(w.attention, loader.linear(attention + "output.dense", c.d_model, c.d_model));
    LECTERN_ASSIGN(w.attention_norm, loader.layer_norm(attention + "output.LayerNorm", c.d_model));
    LECTERN_ASSIGN(w.up, loader.linear(layer + "intermediate.dense", c.d_ff, c.d_model));
    LECTERN_ASSIGN(w.down, loader.linear(layer + "output.dense", c.d_model, c.d_ff));
    LECTERN_ASSIGN(w.output_norm, loader.layer_norm(layer + "output.LayerNorm", c.d_model));
    return w;
}

}  // namespace

Result<EncoderWeights> EncoderWeights::load(const std::shared_ptr<const SafetensorsFile>& file,
                                            const EncoderConfig& c, Backend& backend) {
    EncoderWeightLoader loader(file, backend);
    EncoderWeights w;
    LECTERN_TRY(load_tables(loader, c, w));
    LECTERN_ASSIGN(w.embedding_norm, loader.layer_norm("embeddings.LayerNorm", c.d_model));
    for (int layer = 0; layer < c.n_layers; ++layer) {
        LECTERN_ASSIGN(EncoderLayerWeights layer_weights,
                       load_layer(loader, "encoder.layer." + std::to_string(layer) + ".", c));
        w.layers.push_back(std::move(layer_weights));
    }
    return w;
}

}  // namespace lectern
