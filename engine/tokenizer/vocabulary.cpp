#include "engine/tokenizer/vocabulary.h"

#include <array>
#include <cassert>
#include <limits>

namespace lectern {
namespace {

template <class T>
Result<const std::vector<T>*> array_of(const GgufFile& file, std::string_view key,
                                       const char* type) {
    const std::string name = file.path().filename().string();
    const GgufValue* value = file.find(key);
    if (value == nullptr)
        return fail(ErrorCode::kCorrupt, name + " has no " + std::string(key) + ".");
    const auto* array = std::get_if<std::vector<T>>(value);
    if (array == nullptr) {
        return fail(ErrorCode::kCorrupt,
                    std::string(key) + " in " + name + " is not an array of " + type + ".");
    }
    return array;
}

/// Turn markers that some converters type as user-defined: text must never make them.
constexpr std::array<std::string_view, 9> kTurnMarkers{
    "<|im_start|>",        "<|im_end|>",        "<|endoftext|>",
    "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>",
    "<|begin_of_text|>",   "<start_of_turn>",   "<end_of_turn>"};

Result<std::vector<TokenKind>> read_kinds(const GgufFile& file, std::size_t n_tokens) {
    constexpr std::string_view kKey = "tokenizer.ggml.token_type";
    LECTERN_ASSIGN(const auto* values, integer_array(file, kKey));
    const std::string name = file.path().filename().string();
    if (values->size() != n_tokens) {
        return fail(ErrorCode::kCorrupt, name + " has " + std::to_string(n_tokens) +
                                             " tokens but " + std::to_string(values->size()) +
                                             " token types.");
    }
    std::vector<TokenKind> kinds;
    kinds.reserve(n_tokens);
    for (const std::int64_t value : *values) {
        if (value < 1 || value > 6) {
            return fail(ErrorCode::kCorrupt, std::string(kKey) + " in " + name +
                                                 " has the unknown type " + std::to_string(value) +
                                                 ".");
        }
        kinds.push_back(static_cast<TokenKind>(value));
    }
    return kinds;
}

}  // namespace

Result<const std::vector<std::string>*> string_array(const GgufFile& file, std::string_view key) {
    return array_of<std::string>(file, key, "texts");
}

Result<const std::vector<std::int64_t>*> integer_array(const GgufFile& file, std::string_view key) {
    return array_of<std::int64_t>(file, key, "integers");
}

Result<const std::vector<double>*> number_array(const GgufFile& file, std::string_view key) {
    return array_of<double>(file, key, "numbers");
}

Vocabulary::Vocabulary(std::vector<std::string> texts, std::vector<TokenKind> kinds)
    : texts_(std::move(texts)), kinds_(std::move(kinds)), index_(texts_) {
    assert(texts_.size() == kinds_.size());
}

Result<Vocabulary> Vocabulary::read(const GgufFile& file) {
    LECTERN_ASSIGN(const auto* texts, string_array(file, "tokenizer.ggml.tokens"));
    if (texts->empty() || texts->size() > std::numeric_limits<TokenId>::max()) {
        return fail(ErrorCode::kCorrupt, file.path().filename().string() + " has " +
                                             std::to_string(texts->size()) + " tokens.");
    }
    LECTERN_ASSIGN(auto kinds, read_kinds(file, texts->size()));
    Vocabulary vocabulary(*texts, std::move(kinds));
    LECTERN_TRY(vocabulary.read_special_ids(file));
    return vocabulary;
}

Status Vocabulary::read_special_ids(const GgufFile& file) {
    const auto read_id = [&](std::string_view key, std::optional<TokenId>& id) -> Status {
        if (file.find(key) == nullptr) return {};
        LECTERN_ASSIGN(const std::int64_t value, file.integer(key));
        if (value < 0 || value >= size()) {
            return fail(ErrorCode::kCorrupt, std::string(key) + " in " +
                                                 file.path().filename().string() + " is " +
                                                 std::to_string(value) + ", beyond its " +
                                                 std::to_string(size()) + " tokens.");
        }
        id = static_cast<TokenId>(value);
        return {};
    };
    LECTERN_TRY(read_id("tokenizer.ggml.bos_token_id", bos_));
    LECTERN_TRY(read_id("tokenizer.ggml.eos_token_id", eos_));
    LECTERN_TRY(read_id("tokenizer.ggml.unknown_token_id", unknown_));
    for (const std::string_view marker : kTurnMarkers)
        if (const TokenId id = find(marker); id != kNoToken) kinds_[id] = TokenKind::kControl;
    for (TokenId id = 0; id < size() && !unknown_; ++id)
        if (kinds_[id] == TokenKind::kUnknown) unknown_ = id;
    constexpr std::string_view kAddBos = "tokenizer.ggml.add_bos_token";
    if (file.find(kAddBos) != nullptr) {
        LECTERN_ASSIGN(add_bos_, file.boolean_or(kAddBos, false));
    }
    return {};
}

void Vocabulary::add_to(Hasher& hasher) const {
    hasher.add(static_cast<std::int64_t>(texts_.size()));
    for (const std::string& text : texts_) hasher.add(std::string_view(text));
    hasher.add(std::string_view(reinterpret_cast<const char*>(kinds_.data()), kinds_.size()));
    for (const auto& id : {bos_, eos_, unknown_})
        hasher.add(static_cast<std::int64_t>(id.value_or(kNoToken)));
}

std::optional<TokenId> VocabularyTokenizer::find(std::string_view token) const {
    const TokenId id = vocabulary_.find(token);
    return id == kNoToken ? std::nullopt : std::optional(id);
}

bool VocabularyTokenizer::is_control(TokenId id) const {
    const TokenKind kind = vocabulary_.kind(id);
    return kind == TokenKind::kControl || kind == TokenKind::kUnknown || kind == TokenKind::kUnused;
}

}  // namespace lectern
