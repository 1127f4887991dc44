#include "engine/tokenizer/pre_tokenizer.h"

#include <algorithm>
#include <array>
#include <span>

#include "engine/tokenizer/utf8.h"

namespace lectern {
namespace {

constexpr const char* kGpt2 =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr const char* kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3})"
    R"(| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kQwen2 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N})"
                               R"(| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kTekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+)"
    R"(|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*)"
    R"(|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kDigit = R"(\p{N})";
constexpr const char* kNewline = R"([\r\n])";
// Cased letters of the scripts DeepSeek-LLM splits off by range.
constexpr const char* kCasedLetters =
    R"(\s?[\x{41}-\x{5A}\x{61}-\x{7A}\x{B5}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1BA})"
    R"(\x{1BC}-\x{1BF}\x{1C4}-\x{293}\x{295}-\x{2AF}\x{370}-\x{373}\x{376}\x{377})"
    R"(\x{37B}-\x{37D}\x{37F}\x{386}\x{388}-\x{38A}\x{38C}\x{38E}-\x{3A1}\x{3A3}-\x{3F5})"
    R"(\x{3F7}-\x{481}\x{48A}-\x{52F}\x{531}-\x{556}\x{10A0}-\x{10C5}\x{13A0}-\x{13F5})"
    R"(\x{13F8}-\x{13FD}\x{1C90}-\x{1CBA}\x{1CBD}-\x{1CBF}\x{1D00}-\x{1D2B}\x{1D6B}-\x{1D77})"
    R"(\x{1D79}-\x{1D9A}\x{1E00}-\x{1F15}\x{1F18}-\x{1F1D}\x{1F20}-\x{1F45}\x{1F48}-\x{1F4D})"
    R"(\x{1F50}-\x{1F57}\x{1F59}\x{1F5B}\x{1F5D}\x{1F5F}-\x{1F7D}\x{1F80}-\x{1FB4})"
    R"(\x{1FB6}-\x{1FBC}\x{1FBE}\x{1FC2}-\x{1FC4}\x{1FC6}-\x{1FCC}\x{1FD0}-\x{1FD3})"
    R"(\x{1FD6}-\x{1FDB}\x{1FE0}-\x{1FEC}\x{1FF2}-\x{1FF4}\x{1FF6}-\x{1FFC}\x{2102}\x{2107})"
    R"(\x{210A}-\x{2113}\x{2115}\x{2119}-\x{211D}\x{2124}\x{2126}\x{2128}\x{212A}-\x{212D})"
    R"(\x{212F}-\x{2134}\x{2139}\x{213C}-\x{213F}\x{2145}-\x{2149}\x{214E}\x{2183}\x{2184})"
    R"(\x{2C00}-\x{2C7B}\x{2C7E}-\x{2CE4}\x{2CEB}-\x{2CEE}\x{2CF2}\x{2CF3}\x{A640}-\x{A66D})"
    R"(\x{A680}-\x{A69B}\x{A722}-\x{A76F}\x{A771}-\x{A787}\x{A78B}-\x{A78E}\x{AB70}-\x{ABBF})"
    R"(\x{FB00}-\x{FB06}\x{FB13}-\x{FB17}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{10400}-\x{1044F})"
    R"(\x{104B0}-\x{104D3}\x{104D8}-\x{104FB}\x{10C80}-\x{10CB2}\x{10CC0}-\x{10CF2})"
    R"(\x{118A0}-\x{118DF}\x{1E900}-\x{1E943}]+)";
constexpr const char* kSigns =
    R"(\s?[!-/:-~\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF5E}\x{2018}-\x{201F}\x{3000}-\x{3002}]+)";
constexpr const char* kDeepSeekHan = R"([\x{4E00}-\x{9FA5}\x{800}-\x{4E00}\x{AC00}-\x{D7FF}]+)";
constexpr const char* kDeepSeekV3 =
    R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+)"
    R"(| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

struct Entry {
    const char* name;
    PreTokenizerTraits traits;
    std::vector<const char*> patterns;
};

/// The patterns stand as in the models' own tokenizer files.
std::span<const Entry> table() {
    static const std::array kTable{
        Entry{"gpt-2", {}, {kGpt2}},
        Entry{"default", {}, {R"([\p{P}\$\+<=>\^~\|]+)", kGpt2, R"(\p{N}+)", "[0-9][0-9][0-9]"}},
        Entry{"smollm", {}, {kDigit, kGpt2}},
        Entry{"starcoder", {}, {kDigit, kGpt2}},
        Entry{"refact", {}, {kDigit, kGpt2}},
        Entry{"codeshell", {}, {kDigit, kGpt2}},
        Entry{"command-r", {.nfc = true}, {kDigit, kGpt2}},
        Entry{"llama-bpe", {.whole_words = true, .adds_bos = true}, {kLlama3}},
        Entry{"llama3", {.whole_words = true, .adds_bos = true}, {kLlama3}},
        Entry{"llama-v3", {.whole_words = true, .adds_bos = true}, {kLlama3}},
        Entry{"smaug-bpe", {.whole_words = true}, {kLlama3}},
        Entry{"qwen2", {.nfc = true}, {kQwen2}},
        Entry{"deepseek-r1-qwen", {.nfc = true, .adds_bos = true}, {kQwen2}},
        Entry{"tekken", {.whole_words = true, .adds_bos = true}, {kTekken}},
        Entry{
            "deepseek-llm", {}, {kNewline, kCasedLetters, kSigns, R"(\s+$)", kDeepSeekHan, kDigit}},
        Entry{
            "deepseek-coder", {}, {kNewline, R"(\s?\p{L}+)", R"(\s?\p{P}+)", kDeepSeekHan, kDigit}},
        Entry{"deepseek-v3",
              {},
              {R"(\p{N}{1,3})", R"([\x{4E00}-\x{9FA5}\x{3040}-\x{309F}\x{30A0}-\x{30FF}]+)",
               kDeepSeekV3}},
    };
    return kTable;
}

/// Valid UTF-8 in which U+FFFD stands for every broken byte, and where each of its bytes came from.
struct Shadow {
    std::string text;
    std::vector<std::size_t> source;  ///< [text.size() + 1]
};

Shadow make_shadow(std::string_view text) {
    Shadow shadow;
    for (std::size_t pos = 0; pos < text.size();) {
        const Utf8Char c = utf8_at(text, pos);
        append_utf8(shadow.text, c.code_point);
        shadow.source.resize(shadow.text.size(), pos);
        pos += c.n_bytes;
    }
    shadow.source.push_back(text.size());
    return shadow;
}

/// Matches and what lies between them, each a piece.
void cut(std::string_view text, const Regex& pattern, Regex::Scratch& scratch,
         std::vector<std::string_view>& pieces) {
    Regex::Match match;
    std::size_t done = 0;
    while (done < text.size() && pattern.find(text, done, scratch, match)) {
        if (match.end == match.begin) break;  // no pattern of the table matches nothing
        if (match.begin > done) pieces.push_back(text.substr(done, match.begin - done));
        pieces.push_back(text.substr(match.begin, match.end - match.begin));
        done = match.end;
    }
    if (done < text.size()) pieces.push_back(text.substr(done));
}

std::string known_names() {
    std::string names;
    for (const Entry& entry : table())
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
    return names;
}

}  // namespace

Result<PreTokenizer> PreTokenizer::create(std::string_view name) {
    const auto entry = std::ranges::find(table(), name, &Entry::name);
    if (entry == table().end()) {
        return fail(ErrorCode::kUnsupported,
                    "The pre-tokenizer \"" + std::string(name) + "\" is not known.",
                    "Known are: " + known_names() + ".");
    }
    PreTokenizer out;
    out.traits_ = entry->traits;
    for (const char* pattern : entry->patterns) {
        LECTERN_ASSIGN(Regex regex, Regex::compile(pattern));
        out.patterns_.push_back(std::move(regex));
    }
    return out;
}

void PreTokenizer::split(std::string_view text, Regex::Scratch& scratch,
                         std::vector<std::string_view>& words) const {
    if (is_valid_utf8(text)) return split_valid(text, scratch, words);
    const Shadow shadow = make_shadow(text);
    std::vector<std::string_view> shadow_words;
    split_valid(shadow.text, scratch, shadow_words);
    for (const std::string_view word : shadow_words) {
        const std::size_t begin = word.data() - shadow.text.data();
        const std::size_t from = shadow.source[begin];
        words.push_back(text.substr(from, shadow.source[begin + word.size()] - from));
    }
}

void PreTokenizer::split_valid(std::string_view text, Regex::Scratch& scratch,
                               std::vector<std::string_view>& words) const {
    std::vector<std::string_view> pieces{text}, next;
    for (std::size_t i = 0; i + 1 < patterns_.size(); ++i) {
        next.clear();
        for (const std::string_view piece : pieces) cut(piece, patterns_[i], scratch, next);
        pieces.swap(next);
    }
    for (const std::string_view piece : pieces) cut(piece, patterns_.back(), scratch, words);
}

}  // namespace lectern
