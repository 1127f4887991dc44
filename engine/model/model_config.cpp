#include "engine/model/model_config.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "engine/model/architecture.h"
#include "engine/model/rope_frequencies.h"

namespace lectern {
namespace {

/// A model file's metadata, read by the architecture's own keys ("llama.block_count").
class ConfigReader {
  public:
    ConfigReader(const GgufFile& file, std::string architecture)
        : file_(file), architecture_(std::move(architecture)) {}

    std::string key(std::string_view name) const { return architecture_ + "." + std::string(name); }
    bool has(std::string_view name) const { return file_.find(key(name)) != nullptr; }

    /// An integer in [low, high]; kCorrupt where the key is missing.
    Result<int> integer(std::string_view name, std::int64_t low, std::int64_t high) const {
        if (!has(name)) return missing(name);
        LECTERN_ASSIGN(const std::int64_t value, file_.integer(key(name)));
        return in_range<int>(name, value, low, high);
    }
    Result<int> integer_or(std::string_view name, int fallback, std::int64_t low,
                           std::int64_t high) const {
        return has(name) ? integer(name, low, high) : Result<int>(fallback);
    }
    Result<double> number_or(std::string_view name, double fallback, double low,
                             double high) const {
        LECTERN_ASSIGN(const double value, file_.number_or(key(name), fallback));
        return in_range<double>(name, value, low, high);
    }
    const GgufFile& file() const { return file_; }

    tl::unexpected<Error> wrong(std::string_view name, const std::string& what) const {
        return fail(ErrorCode::kCorrupt,
                    "The model file " + file_.path().filename().string() + " has a wrong " +
                        key(name) + ": " + what + ".",
                    "Download it again.");
    }
    tl::unexpected<Error> unsupported(const std::string& what) const {
        return fail(ErrorCode::kUnsupported, "The model file " + file_.path().filename().string() +
                                                 " uses " + what + ", which is not supported.");
    }

  private:
    tl::unexpected<Error> missing(std::string_view name) const {
        return fail(
            ErrorCode::kCorrupt,
            "The model file " + file_.path().filename().string() + " lacks " + key(name) + ".",
            "Download it again.");
    }
    template <class T, class V>
    Result<T> in_range(std::string_view name, V value, V low, V high) const {
        if (!(value >= low && value <= high)) return wrong(name, std::to_string(value));
        return static_cast<T>(value);
    }

    const GgufFile& file_;
    std::string architecture_;
};

constexpr std::int64_t kMaxLayers = 1024;
constexpr std::int64_t kMaxHeads = 1024;
constexpr std::int64_t kMaxHeadDim = 1024;
constexpr std::int64_t kMaxModelDim = 1 << 17;
constexpr std::int64_t kMaxFeedForward = 1 << 20;
constexpr std::int64_t kMaxVocabulary = 1 << 22;
constexpr std::int64_t kMaxContext = 1 << 26;
constexpr double kMaxRopeBase = 1e12;
constexpr double kMaxRopeFactor = 1e4;

Status read_dimensions(const ConfigReader& reader, ModelConfig& c) {
    LECTERN_ASSIGN(c.n_layers, reader.integer("block_count", 1, kMaxLayers));
    LECTERN_ASSIGN(c.d_model, reader.integer("embedding_length", 1, kMaxModelDim));
    LECTERN_ASSIGN(c.d_ff, reader.integer("feed_forward_length", 1, kMaxFeedForward));
    LECTERN_ASSIGN(c.context_length, reader.integer("context_length", 1, kMaxContext));
    LECTERN_ASSIGN(c.n_heads, reader.integer("attention.head_count", 1, kMaxHeads));
    LECTERN_ASSIGN(c.n_kv_heads,
                   reader.integer_or("attention.head_count_kv", c.n_heads, 1, c.n_heads));
    if (c.n_heads % c.n_kv_heads != 0)
        return reader.wrong("attention.head_count_kv",
                            std::to_string(c.n_kv_heads) + " does not divide the " +
                                std::to_string(c.n_heads) + " query heads");
    if (!reader.has("attention.key_length") && c.d_model % c.n_heads != 0)
        return reader.wrong(
            "attention.head_count",
            std::to_string(c.n_heads) + " does not divide " + std::to_string(c.d_model));
    LECTERN_ASSIGN(c.head_dim, reader.integer_or("attention.key_length", c.d_model / c.n_heads, 2,
                                                 kMaxHeadDim));
    LECTERN_ASSIGN(const int value_dim,
                   reader.integer_or("attention.value_length", c.head_dim, 1, kMaxHeadDim));
    if (c.head_dim < 2 || c.head_dim > kMaxHeadDim || c.head_dim % 2 != 0)
        return reader.wrong("attention.key_length", std::to_string(c.head_dim));
    if (value_dim != c.head_dim)
        return reader.unsupported("values of another length than its keys");
    return {};
}

Status read_vocabulary(const ConfigReader& reader, ModelConfig& c) {
    const GgufTensor* table = reader.file().tensor("token_embd.weight");
    if (table == nullptr || table->shape.n_dims() != 2)
        return fail(ErrorCode::kCorrupt,
                    "The model file " + reader.file().path().filename().string() +
                        " has no token embedding matrix (token_embd.weight).",
                    "Download it again.");
    if (table->shape[0] < 1 || table->shape[0] > kMaxVocabulary)
        return reader.wrong("vocab_size", std::to_string(table->shape[0]));
    c.vocab_size = static_cast<int>(table->shape[0]);
    const GgufValue* value = reader.file().find("tokenizer.ggml.tokens");
    const auto* tokens = value == nullptr ? nullptr : std::get_if<std::vector<std::string>>(value);
    if (tokens != nullptr && static_cast<std::int64_t>(tokens->size()) != c.vocab_size)
        return reader.wrong("vocab_size", std::to_string(tokens->size()) + " tokens, but " +
                                              std::to_string(c.vocab_size) + " embeddings");
    return {};
}

/// What changes the result of a forward pass and is not built is refused, never ignored.
Status refuse_unsupported_features(const ConfigReader& reader) {
    LECTERN_ASSIGN(const int n_experts, reader.integer_or("expert_count", 0, 0, 1 << 16));
    if (n_experts > 0) return reader.unsupported("a mixture of experts");
    LECTERN_ASSIGN(const bool causal,
                   reader.file().boolean_or(reader.key("attention.causal"), true));
    if (!causal) return reader.unsupported("attention to later tokens");
    return {};
}

Status read_attention(const ConfigReader& reader, const Architecture& architecture,
                      ModelConfig& c) {
    LECTERN_ASSIGN(const double eps,
                   reader.number_or("attention.layer_norm_rms_epsilon", 1e-5, 1e-12, 0.1));
    c.norm_eps = static_cast<float>(eps);
    // The 27B of gemma3 scales by d_model / n_heads, the others by head_dim; files do not say.
    const bool by_model_dim = architecture.name == "gemma3" && c.n_layers == 62;
    const double scaled_dim = by_model_dim ? double(c.d_model) / c.n_heads : double(c.head_dim);
    LECTERN_ASSIGN(const double scale,
                   reader.number_or("attention.scale", 1 / std::sqrt(scaled_dim), 0, 1e3));
    c.attention_scale = static_cast<float>(scale > 0 ? scale : 1 / std::sqrt(scaled_dim));
    LECTERN_ASSIGN(const double attention_cap,
                   reader.number_or("attn_logit_softcapping", 0, 0, 1e6));
    c.attention_softcap = static_cast<float>(attention_cap);
    LECTERN_ASSIGN(const double logit_cap, reader.number_or("final_logit_softcapping", 0, 0, 1e6));
    c.logit_softcap = static_cast<float>(logit_cap);
    return {};
}

/// The period of an explicit list of layers (1: windowed), or nothing where it has none.
std::optional<int> period_of(const std::vector<std::int64_t>& windowed) {
    const auto first_global = std::find(windowed.begin(), windowed.end(), 0);
    if (first_global == windowed.end()) return 0;
    const auto period = static_cast<int>(first_global - windowed.begin()) + 1;
    for (std::size_t l = 0; l < windowed.size(); ++l)
        if ((windowed[l] == 0) != ((l + 1) % period == 0)) return std::nullopt;
    return period;
}

Status read_window(const ConfigReader& reader, const Architecture& architecture, ModelConfig& c) {
    if (architecture.window_period > 0 && !reader.has("attention.sliding_window"))
        return reader.wrong("attention.sliding_window", "it is missing");
    LECTERN_ASSIGN(c.window, reader.integer_or("attention.sliding_window", 0, 0, kMaxContext));
    c.window_period = architecture.window_period;
    constexpr std::string_view kPattern = "attention.sliding_window_pattern";
    if (const GgufValue* value = reader.file().find(reader.key(kPattern))) {
        if (const auto* list = std::get_if<std::vector<std::int64_t>>(value)) {
            const std::optional<int> period = period_of(*list);
            if (!period) return reader.unsupported("an irregular pattern of windowed layers");
            c.window_period = *period;
        } else {
            LECTERN_ASSIGN(c.window_period, reader.integer(kPattern, 0, kMaxLayers));
        }
    }
    if (architecture.local_rope_base == 0 && c.window >= c.context_length)
        c.window = 0;  // hides nothing
    if (c.window > 0 && architecture.name == "qwen2")
        return reader.unsupported("a sliding window in some of its layers");
    return {};
}

Result<RopeSettings> read_rope_settings(const ConfigReader& reader,
                                        const Architecture& architecture, const ModelConfig& c) {
    RopeSettings s;
    s.style = architecture.rope_style;
    LECTERN_ASSIGN(s.rotary_dim,
                   reader.integer_or("rope.dimension_count", c.head_dim, 2, c.head_dim));
    if (s.rotary_dim % 2 != 0)
        return reader.wrong("rope.dimension_count", std::to_string(s.rotary_dim));
    LECTERN_ASSIGN(s.base,
                   reader.number_or("rope.freq_base", architecture.rope_base, 1.001, kMaxRopeBase));
    LECTERN_ASSIGN(s.factor, reader.number_or("rope.scale_linear", 1, 1e-4, kMaxRopeFactor));
    LECTERN_ASSIGN(s.factor,
                   reader.number_or("rope.scaling.factor", s.factor, 1e-4, kMaxRopeFactor));
    std::string type = s.factor == 1 ? "none" : "linear";
    if (reader.has("rope.scaling.type")) {
        LECTERN_ASSIGN(type, reader.file().text(reader.key("rope.scaling.type")));
    }
    if (type == "none") return s;
    if (type == "linear") {
        s.scaling = RopeScaling::kLinear;
        return s;
    }
    if (type != "yarn")
        return reader.unsupported("\"" + type +
                                  "\" RoPE scaling (supported: linear, yarn, fixed factors)");
    s.scaling = RopeScaling::kYarn;
    LECTERN_ASSIGN(s.original_context,
                   reader.integer("rope.scaling.original_context_length", 1, kMaxContext));
    LECTERN_ASSIGN(s.beta_fast, reader.number_or("rope.scaling.yarn_beta_fast", 32, 1e-3, 1e6));
    LECTERN_ASSIGN(s.beta_slow, reader.number_or("rope.scaling.yarn_beta_slow", 1, 1e-3, 1e6));
    LECTERN_ASSIGN(s.attention_factor,
                   reader.number_or("rope.scaling.attn_factor", 1, 1e-4, kMaxRopeFactor));
    return s;
}

/// Llama 3's factors, one a pair; empty where the file has none.
Result<std::vector<float>> read_frequency_factors(const ConfigReader& reader, int rotary_dim) {
    for (const char* name : {"rope_factors_long.weight", "rope_factors_short.weight"})
        if (reader.file().tensor(name) != nullptr) return reader.unsupported("LongRoPE");
    const GgufTensor* tensor = reader.file().tensor("rope_freqs.weight");
    if (tensor == nullptr) return std::vector<float>{};
    if (tensor->dtype != DType::kF32 || tensor->shape.n_elements() != rotary_dim / 2)
        return reader.wrong("rope_freqs.weight", "it needs one f32 factor for each of " +
                                                     std::to_string(rotary_dim / 2) + " pairs");
    std::vector<float> factors(rotary_dim / 2);
    std::memcpy(factors.data(), tensor->bytes.data(), factors.size() * sizeof(float));
    for (const float factor : factors)
        if (!(factor > 0) || !std::isfinite(factor))
            return reader.wrong("rope_freqs.weight", std::to_string(factor));
    return factors;
}

Status read_rope(const ConfigReader& reader, const Architecture& architecture, ModelConfig& c) {
    LECTERN_ASSIGN(const RopeSettings global, read_rope_settings(reader, architecture, c));
    LECTERN_ASSIGN(const std::vector<float> factors,
                   read_frequency_factors(reader, global.rotary_dim));
    c.rope = make_rope(global, factors);
    c.local_rope = c.rope;
    if (architecture.local_rope_base == 0) return {};
    RopeSettings local{.style = global.style, .rotary_dim = global.rotary_dim};
    LECTERN_ASSIGN(local.base, reader.number_or("rope.freq_base_swa", architecture.local_rope_base,
                                                1.001, kMaxRopeBase));
    c.local_rope = make_rope(local, {});
    return {};
}

}  // namespace

Result<ModelConfig> ModelConfig::from_gguf(const GgufFile& file) {
    ModelConfig c;
    if (auto name = file.text("general.architecture"))
        c.architecture = *name;
    else
        return fail(ErrorCode::kCorrupt, "The model file " + file.path().filename().string() +
                                             " does not name its architecture.");
    const Architecture* architecture = find_architecture(c.architecture);
    if (architecture == nullptr)
        return fail(ErrorCode::kUnsupported,
                    "The model file " + file.path().filename().string() +
                        " has the architecture \"" + c.architecture + "\".",
                    "Supported are: " + supported_architectures() + ".");
    c.name = file.text("general.name").value_or(file.path().stem().string());
    c.activation = architecture->activation;
    c.qk_norm = architecture->qk_norm;
    c.post_norms = architecture->post_norms;
    c.qkv_bias = architecture->qkv_bias || file.tensor("blk.0.attn_q.bias") != nullptr;

    const ConfigReader reader(file, c.architecture);
    LECTERN_TRY(read_dimensions(reader, c));
    LECTERN_TRY(read_vocabulary(reader, c));
    LECTERN_TRY(refuse_unsupported_features(reader));
    LECTERN_TRY(read_attention(reader, *architecture, c));
    LECTERN_TRY(read_window(reader, *architecture, c));
    LECTERN_TRY(read_rope(reader, *architecture, c));
    if (architecture->scaled_embedding)
        c.embedding_scale = std::sqrt(static_cast<float>(c.d_model));
    return c;
}

}  // namespace lectern
