#include "engine/model/weights.h"

#include <cstring>
#include <string>
#include <unordered_set>

#include "engine/model/memory_check.h"
#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

std::string to_text(const Shape& shape) {
    std::string text = "[";
    for (int i = 0; i < shape.n_dims(); ++i) {
        if (i > 0) text += ", ";
        text += std::to_string(shape[i]);
    }
    return text + "]";
}

/// Takes tensors out of a file by name, checks their shapes and remembers which ones were asked
/// for.
class WeightLoader {
  public:
    WeightLoader(const std::shared_ptr<const GgufFile>& file, Backend& backend)
        : file_(file), backend_(backend) {}

    bool has(const std::string& name) const { return file_->tensor(name) != nullptr; }

    Result<std::unique_ptr<Weight>> matrix(const std::string& name, std::int64_t n_out,
                                           std::int64_t n_in, bool fine_activations = false) {
        LECTERN_ASSIGN(const GgufTensor* tensor, find(name, Shape{n_out, n_in}));
        LECTERN_ASSIGN(
            std::unique_ptr<Weight> weight,
            backend_.pack({tensor->dtype, n_out, n_in, tensor->bytes, file_, fine_activations}));
        packed_bytes_ += weight->n_bytes();
        release_pages(tensor->bytes);
        return weight;
    }

    /// A norm or bias, as f32.
    Result<Tensor> vector(const std::string& name, std::int64_t n) {
        LECTERN_ASSIGN(const GgufTensor* tensor, find(name, Shape{n}));
        std::vector<float> values(n);
        dequantize(tensor->dtype, tensor->bytes, values);
        LECTERN_ASSIGN(Tensor out, backend_.allocate(DType::kF32, Shape{n}));
        backend_.upload(out.view(), std::as_bytes(std::span(values)));
        packed_bytes_ += out.view().n_bytes();
        return out;
    }

    /// kUnsupported for a tensor that nothing asked for.
    Status refuse_unknown() const {
        for (const GgufTensor& tensor : file_->tensors()) {
            // Old converters stored what is computed from the metadata.
            if (tensor.name.ends_with("attn_rot_embd.weight")) continue;
            if (tensor.name == "rope_freqs.weight" || known_.contains(tensor.name)) continue;
            return fail(ErrorCode::kUnsupported,
                        "The model file " + file_name() + " has a tensor " + tensor.name +
                            " that its architecture is not known to have.");
        }
        return {};
    }

    std::size_t packed_bytes() const { return packed_bytes_; }

  private:
    std::string file_name() const { return file_->path().filename().string(); }

    Result<const GgufTensor*> find(const std::string& name, const Shape& shape) {
        known_.insert(name);
        const GgufTensor* tensor = file_->tensor(name);
        if (tensor == nullptr)
            return fail(ErrorCode::kCorrupt,
                        "The model file " + file_name() + " lacks the tensor " + name + ".",
                        "Download it again.");
        if (tensor->shape != shape)
            return fail(ErrorCode::kCorrupt,
                        "The tensor " + name + " of the model file " + file_name() + " is " +
                            to_text(tensor->shape) + " where its metadata demand " +
                            to_text(shape) + ".",
                        "Download it again.");
        return tensor;
    }

    std::shared_ptr<const GgufFile> file_;
    Backend& backend_;
    std::unordered_set<std::string> known_;
    std::size_t packed_bytes_ = 0;
};

Status load_attention(WeightLoader& loader, const std::string& block, const ModelConfig& c,
                      LayerWeights& w) {
    const std::int64_t q_dim = std::int64_t{c.n_heads} * c.head_dim;
    const std::int64_t kv_dim = c.kv_shape().row_elements();
    LECTERN_ASSIGN(w.attention_norm, loader.vector(block + "attn_norm.weight", c.d_model));
    LECTERN_ASSIGN(w.q, loader.matrix(block + "attn_q.weight", q_dim, c.d_model));
    // Few outputs, read by every later token, and kept in the store.
    constexpr bool kFine = true;
    LECTERN_ASSIGN(w.k, loader.matrix(block + "attn_k.weight", kv_dim, c.d_model, kFine));
    LECTERN_ASSIGN(w.v, loader.matrix(block + "attn_v.weight", kv_dim, c.d_model, kFine));
    if (c.qkv_bias) {
        LECTERN_ASSIGN(w.q_bias, loader.vector(block + "attn_q.bias", q_dim));
        LECTERN_ASSIGN(w.k_bias, loader.vector(block + "attn_k.bias", kv_dim));
        LECTERN_ASSIGN(w.v_bias, loader.vector(block + "attn_v.bias", kv_dim));
    }
    if (c.qk_norm) {
        LECTERN_ASSIGN(w.q_norm, loader.vector(block + "attn_q_norm.weight", c.head_dim));
        LECTERN_ASSIGN(w.k_norm, loader.vector(block + "attn_k_norm.weight", c.head_dim));
    }
    LECTERN_ASSIGN(w.attention, loader.matrix(block + "attn_output.weight", c.d_model, q_dim));
    if (c.post_norms) {
        LECTERN_ASSIGN(w.attention_post_norm,
                       loader.vector(block + "post_attention_norm.weight", c.d_model));
    }
    return {};
}

Status load_feed_forward(WeightLoader& loader, const std::string& block, const ModelConfig& c,
                         LayerWeights& w) {
    LECTERN_ASSIGN(w.feed_forward_norm, loader.vector(block + "ffn_norm.weight", c.d_model));
    LECTERN_ASSIGN(w.gate, loader.matrix(block + "ffn_gate.weight", c.d_ff, c.d_model));
    LECTERN_ASSIGN(w.up, loader.matrix(block + "ffn_up.weight", c.d_ff, c.d_model));
    LECTERN_ASSIGN(w.down, loader.matrix(block + "ffn_down.weight", c.d_model, c.d_ff));
    if (c.post_norms) {
        LECTERN_ASSIGN(w.feed_forward_post_norm,
                       loader.vector(block + "post_ffw_norm.weight", c.d_model));
    }
    return {};
}

std::uint64_t tensor_bytes(const GgufFile& file) {
    std::uint64_t n_bytes = 0;
    for (const GgufTensor& tensor : file.tensors()) n_bytes += tensor.bytes.size();
    return n_bytes;
}

}  // namespace

Result<ModelWeights> ModelWeights::load(const std::shared_ptr<const GgufFile>& file,
                                        const ModelConfig& config, Backend& backend) {
    if (backend.device() == Device::kCpu)
        LECTERN_TRY(check_memory("the model " + file->path().filename().string(),
                                 tensor_bytes(*file), available_memory_bytes()));
    WeightLoader loader(file, backend);
    ModelWeights weights;
    LECTERN_ASSIGN(weights.embedding,
                   loader.matrix("token_embd.weight", config.vocab_size, config.d_model));
    for (int layer = 0; layer < config.n_layers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        LayerWeights& w = weights.layers.emplace_back();
        LECTERN_TRY(load_attention(loader, block, config, w));
        LECTERN_TRY(load_feed_forward(loader, block, config, w));
    }
    LECTERN_ASSIGN(weights.output_norm, loader.vector("output_norm.weight", config.d_model));
    if (loader.has("output.weight")) {
        LECTERN_ASSIGN(weights.own_output,
                       loader.matrix("output.weight", config.vocab_size, config.d_model));
    }
    LECTERN_TRY(loader.refuse_unknown());
    weights.packed_bytes = loader.packed_bytes();
    return weights;
}

}  // namespace lectern
