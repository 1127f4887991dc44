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
        return backend_.pack({tensor->dtype, n_out, n_in, tensor->bytes, file_});
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
        LECTERN_ASSIGN(const GgufTensor* tensor, find(name, Shape{n}));
        std::vector<float> values(n);
        dequantize(tensor->dtype, tensor->bytes, values);
        LECTERN_ASSIGN(Tensor out, backend_.allocate(DType::kF32, Shape{n}));
        backend_.upload(out.view(), std::as_bytes(std::span(values)));
        return out;
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
    const std::string embeddings = "embeddings.";
    LECTERN_ASSIGN(w.words,
                   loader.matrix(embeddings + "word_embeddings.weight", c.vocab_size, c.d_model));
    LECTERN_ASSIGN(w.positions, loader.matrix(embeddings + "position_embeddings.weight",
                                              c.n_positions, c.d_model));
    LECTERN_ASSIGN(w.token_types, loader.matrix(embeddings + "token_type_embeddings.weight",
                                                c.n_token_types, c.d_model));
    LECTERN_ASSIGN(w.embedding_norm, loader.layer_norm(embeddings + "LayerNorm", c.d_model));
    for (int layer = 0; layer < c.n_layers; ++layer) {
        LECTERN_ASSIGN(EncoderLayerWeights layer_weights,
                       load_layer(loader, "encoder.layer." + std::to_string(layer) + ".", c));
        w.layers.push_back(std::move(layer_weights));
    }
    return w;
}

}  // namespace lectern
