#include "engine/tokenizer/wordpiece.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/tokenizer/utf8.h"

namespace lectern {
namespace {

constexpr std::string_view kInside = "##";

bool is_space(char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE);
}

/// The general category as the reference has it, which reads the tables of Unicode 8: what was
/// added later belongs to none, and three signs have changed since.
std::uint32_t category_mask(char32_t c) {
    constexpr std::uint8_t kLastMajor = 8;
    UVersionInfo age{};
    u_charAge(static_cast<UChar32>(c), age);
    if (age[0] > kLastMajor) return 0;
    if (c == 0x1734) return U_GC_MN_MASK;
    if (c == 0x1885 || c == 0x1886) return U_GC_LO_MASK;
    if (c == 0xA9BD) return U_GC_MC_MASK;
    if (c == 0x166D || c == 0x111C9) return U_GC_PO_MASK;
    return U_GET_GC_MASK(static_cast<UChar32>(c));
}

/// Control, format, private use: removed.
bool is_invisible(char32_t c) {
    if (c == U'\t' || c == U'\n' || c == U'\r') return false;
    return (category_mask(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK)) != 0;
}

bool is_punctuation(char32_t c) {
    if (c < 0x80) return std::ispunct(static_cast<int>(c)) != 0;
    return (category_mask(c) & U_GC_P_MASK) != 0;
}

/// The blocks BERT's authors chose; 2B920 is how every implementation has it.
bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
           (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

std::u32string without_accents(const std::u32string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
    const auto source = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                                      static_cast<int32_t>(text.size()));
    const icu::UnicodeString decomposed = nfd->normalize(source, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
    std::u32string out;
    for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        const UChar32 c = decomposed.char32At(i);
        if ((category_mask(static_cast<char32_t>(c)) & U_GC_MN_MASK) == 0)
            out += static_cast<char32_t>(c);
    }
    return out;
}

std::u32string lower_case(const std::u32string& text) {
    constexpr char32_t kDottedI = 0x130, kDotAbove = 0x307;
    std::u32string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        out += c == kDottedI ? U'i' : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        if (c == kDottedI) out += kDotAbove;
    }
    return out;
}

Result<std::string> read_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::kNotFound, "Cannot read " + path.string() + ".");
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

Result<WordPieceSettings> read_settings(const std::filesystem::path& path) {
    LECTERN_ASSIGN(const std::string text, read_text(path));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto wrong = [&](const char* what) {
        return fail(ErrorCode::kCorrupt, path.string() + " " + what + ".");
    };
    if (!json.is_object()) return wrong("is not a JSON object");
    const auto boolean = [&](const char* key, bool fallback) -> Result<bool> {
        const auto found = json.find(key);
        if (found == json.end() || found->is_null()) return fallback;
        if (!found->is_boolean()) return wrong("has a setting of the wrong type");
        return found->get<bool>();
    };
    WordPieceSettings settings;
    LECTERN_ASSIGN(settings.lower_case, boolean("do_lower_case", true));
    LECTERN_ASSIGN(settings.strip_accents, boolean("strip_accents", settings.lower_case));
    LECTERN_ASSIGN(settings.space_han, boolean("tokenize_chinese_chars", true));
    if (const auto unknown = json.find("unk_token"); unknown != json.end()) {
        if (!unknown->is_string()) return wrong("has an unk_token that is not a text");
        settings.unknown = unknown->get<std::string>();
    }
    return settings;
}

/// BERT's special tokens all look like "[CLS]".
TokenKind kind_of(const std::string& text) {
    const bool control = text == "[CLS]" || text == "[SEP]" || text == "[PAD]" ||
                         text == "[MASK]" || text == "[UNK]" || text.starts_with("[unused");
    return control ? TokenKind::kControl : TokenKind::kNormal;
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> load_wordpiece(const std::filesystem::path& folder) {
    return WordPiece::load(folder);
}

Result<std::unique_ptr<Tokenizer>> WordPiece::load(const std::filesystem::path& folder) {
    LECTERN_ASSIGN(WordPieceSettings settings, read_settings(folder / "tokenizer_config.json"));
    LECTERN_ASSIGN(const std::string text, read_text(folder / "vocab.txt"));
    std::vector<std::string> tokens = split_lines(text);
    std::vector<TokenKind> kinds;
    kinds.reserve(tokens.size());
    for (const std::string& token : tokens) kinds.push_back(kind_of(token));
    Vocabulary vocabulary(std::move(tokens), std::move(kinds));
    const TokenId unknown = vocabulary.find(settings.unknown);
    if (unknown == kNoToken) {
        return fail(ErrorCode::kCorrupt,
                    (folder / "vocab.txt").string() + " has no token " + settings.unknown + ".");
    }
    return std::unique_ptr<Tokenizer>(
        new WordPiece(std::move(vocabulary), std::move(settings), unknown));
}

WordPiece::WordPiece(Vocabulary vocabulary, WordPieceSettings settings, TokenId unknown)
    : VocabularyTokenizer(std::move(vocabulary), false),
      settings_(std::move(settings)),
      unknown_(unknown),
      starts_(vocabulary_.size()),
      insides_(vocabulary_.size()) {
    for (TokenId id = 0; id < vocabulary_.size(); ++id) {
        const std::string& text = vocabulary_.text(id);
        if (vocabulary_.kind(id) == TokenKind::kControl) continue;
        starts_[id] = text;
        if (text.starts_with(kInside)) insides_[id] = text.substr(kInside.size());
    }
    start_index_ = TextIndex(starts_);
    inside_index_ = TextIndex(insides_);
    Hasher hasher;
    hasher.add(std::string_view("WordPiece"));
    vocabulary_.add_to(hasher);
    for (const bool flag : {settings_.lower_case, settings_.strip_accents, settings_.space_han})
        hasher.add(static_cast<std::int64_t>(flag));
    hasher.add(std::string_view(settings_.unknown));
    content_hash_ = hasher.finish();
}

std::string WordPiece::piece(TokenId id) const {
    if (is_control(id)) return "";
    const std::string& text = vocabulary_.text(id);
    return text.starts_with(kInside) ? text.substr(kInside.size()) : " " + text;
}

std::u32string WordPiece::clean(std::string_view text) const {
    std::u32string out;
    out.reserve(text.size());
    bool ascii = true;
    for (std::size_t pos = 0; pos < text.size();) {
        const Utf8Char c = utf8_at(text, pos);
        pos += c.n_bytes;
        const char32_t code = c.code_point;
        const bool han = settings_.space_han && is_han(code);
        ascii = ascii && code < 0x80;
        if (code == 0xFFFD || is_invisible(code)) continue;
        if (is_space(code)) {
            out += U' ';
        } else if (han) {
            out += {U' ', code, U' '};
        } else {
            out += code;
        }
    }
    if (settings_.strip_accents && !ascii) out = without_accents(out);
    return settings_.lower_case ? lower_case(out) : out;
}

std::vector<TokenId> WordPiece::encode(std::string_view text) const {
    const std::u32string cleaned = clean(text);
    const std::u32string_view view = cleaned;
    std::vector<TokenId> ids;
    std::size_t word_from = 0;
    for (std::size_t i = 0; i <= view.size(); ++i) {
        const bool space = i < view.size() && is_space(view[i]);
        const bool sign = i < view.size() && is_punctuation(view[i]);
        if (i < view.size() && !space && !sign) continue;
        if (i > word_from) encode_word(view.substr(word_from, i - word_from), ids);
        if (sign) encode_word(view.substr(i, 1), ids);
        word_from = i + 1;
    }
    return ids;
}

void WordPiece::encode_word(std::u32string_view word, std::vector<TokenId>& ids) const {
    if (word.size() > kMaxWordChars) {
        ids.push_back(unknown_);
        return;
    }
    std::string bytes;
    for (const char32_t c : word) append_utf8(bytes, c);
    const std::size_t n_before = ids.size();
    for (std::size_t pos = 0; pos < bytes.size();) {
        std::size_t n_bytes = 0;
        const TokenId id = longest(std::string_view(bytes).substr(pos), pos > 0, n_bytes);
        if (id == kNoToken) {
            ids.resize(n_before);
            ids.push_back(unknown_);
            return;
        }
        ids.push_back(id);
        pos += n_bytes;
    }
}

TokenId WordPiece::longest(std::string_view rest, bool inside, std::size_t& n_bytes) const {
    const TextIndex& index = inside ? inside_index_ : start_index_;
    for (n_bytes = std::min(rest.size(), index.max_bytes()); n_bytes > 0; --n_bytes) {
        const TokenId id = index.find(rest.substr(0, n_bytes));
        if (id != kNoToken) return id;
    }
    return kNoToken;
}

}  // namespace lectern
