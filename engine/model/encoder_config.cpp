#include "engine/model/encoder_config.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace lectern {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kMaxJsonBytes = 1 << 20;

/// A small JSON object; kNotFound where there is no such file.
Result<Json> read_json(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(ErrorCode::kNotFound, "There is no " + path.string() + ".");
    const std::int64_t n_bytes = file.tellg();
    if (n_bytes > kMaxJsonBytes)
        return fail(ErrorCode::kCorrupt, path.string() + " is too large for a model's settings.");
    std::string text(static_cast<std::size_t>(std::max<std::int64_t>(n_bytes, 0)), '\0');
    file.seekg(0);
    if (!file.read(text.data(), n_bytes))
        return fail(ErrorCode::kIo, path.string() + " cannot be read.");
    Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return fail(ErrorCode::kCorrupt, path.string() + " is not valid JSON.");
    return json;
}

Result<int> integer(const Json& json, const char* key, std::int64_t low, std::int64_t high) {
    const auto value = json.find(key);
    if (value == json.end() || !value->is_number_integer())
        return fail(ErrorCode::kCorrupt,
                    "The embedder's configuration lacks the number " + std::string(key) + ".");
    const auto number = value->get<std::int64_t>();
    if (number < low || number > high)
        return fail(ErrorCode::kCorrupt, "The embedder's configuration has a wrong " +
                                             std::string(key) + ": " + std::to_string(number) +
                                             ".");
    return static_cast<int>(number);
}

std::string text_or(const Json& json, const char* key, const char* fallback) {
    const auto value = json.find(key);
    return value != json.end() && value->is_string() ? value->get<std::string>() : fallback;
}

/// The setting must have the only value that is built.
Status require(const Json& json, const char* key, const char* supported) {
    const std::string value = text_or(json, key, supported);
    if (value == supported) return {};
    return fail(ErrorCode::kUnsupported,
                "The embedder has " + std::string(key) + " \"" + value + "\".",
                "Supported is: " + std::string(supported) + ".");
}

Status read_dimensions(const Json& json, EncoderConfig& c) {
    LECTERN_ASSIGN(c.n_layers, integer(json, "num_hidden_layers", 1, 1024));
    LECTERN_ASSIGN(c.d_model, integer(json, "hidden_size", 1, 1 << 16));
    LECTERN_ASSIGN(c.n_heads, integer(json, "num_attention_heads", 1, 1024));
    LECTERN_ASSIGN(c.d_ff, integer(json, "intermediate_size", 1, 1 << 20));
    LECTERN_ASSIGN(c.vocab_size, integer(json, "vocab_size", 1, 1 << 22));
    LECTERN_ASSIGN(c.n_positions, integer(json, "max_position_embeddings", 3, 1 << 20));
    LECTERN_ASSIGN(c.n_token_types, integer(json, "type_vocab_size", 1, 1 << 10));
    if (c.d_model % c.n_heads != 0)
        return fail(ErrorCode::kCorrupt, "The embedder's " + std::to_string(c.n_heads) +
                                             " heads do not divide its hidden size " +
                                             std::to_string(c.d_model) + ".");
    c.head_dim = c.d_model / c.n_heads;
    const double eps = json.value("layer_norm_eps", Json(1e-12)).is_number()
                           ? json.value("layer_norm_eps", 1e-12)
                           : -1.0;
    if (!(eps > 0 && eps < 0.1))
        return fail(ErrorCode::kCorrupt, "The embedder's layer_norm_eps makes no sense.");
    c.norm_eps = static_cast<float>(eps);
    return {};
}

Status read_max_sequence(const std::filesystem::path& folder, EncoderConfig& c) {
    c.max_sequence = c.n_positions;
    auto json = read_json(folder / "sentence_bert_config.json");
    if (!json && json.error().code == ErrorCode::kNotFound) return {};
    if (!json) return tl::unexpected(json.error());
    if (!json->contains("max_seq_length")) return {};
    LECTERN_ASSIGN(const int limit, integer(*json, "max_seq_length", 3, 1 << 20));
    c.max_sequence = std::min(limit, c.n_positions);
    return {};
}

Status require_mean_pooling(const std::filesystem::path& folder) {
    auto json = read_json(folder / "1_Pooling" / "config.json");
    if (!json && json.error().code == ErrorCode::kNotFound) return {};
    if (!json) return tl::unexpected(json.error());
    const auto mean = json->find("pooling_mode_mean_tokens");
    if (mean != json->end() && mean->is_boolean() && mean->get<bool>()) return {};
    return fail(ErrorCode::kUnsupported, "The embedder does not pool by the mean of its tokens.",
                "Only mean pooling is supported.");
}

}  // namespace

Result<EncoderConfig> EncoderConfig::read(const std::filesystem::path& folder) {
    LECTERN_ASSIGN(const Json json, read_json(folder / "config.json"));
    LECTERN_TRY(require(json, "model_type", "bert"));
    LECTERN_TRY(require(json, "hidden_act", "gelu"));
    LECTERN_TRY(require(json, "position_embedding_type", "absolute"));
    EncoderConfig config;
    LECTERN_TRY(read_dimensions(json, config));
    LECTERN_TRY(read_max_sequence(folder, config));
    LECTERN_TRY(require_mean_pooling(folder));
    return config;
}

}  // namespace lectern
