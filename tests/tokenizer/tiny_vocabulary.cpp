#include "tests/tokenizer/tiny_vocabulary.h"

#include <algorithm>
#include <cstdio>

#include "engine/tokenizer/byte_alphabet.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace lectern::test {

TinyVocabulary TinyVocabulary::byte_level(std::string pre) {
    TinyVocabulary out;
    out.model = "gpt2";
    out.pre = std::move(pre);
    for (int byte = 0; byte < 256; ++byte)
        out.add(letter_of_byte(static_cast<unsigned char>(byte)));
    return out;
}

TinyVocabulary TinyVocabulary::sentencepiece() {
    TinyVocabulary out;
    out.model = "llama";
    out.add("<unk>", TokenKind::kUnknown);
    for (int byte = 0; byte < 256; ++byte) {
        char text[8];
        std::snprintf(text, sizeof text, "<0x%02X>", byte);
        out.add(text, TokenKind::kByte);
    }
    return out;
}

TinyVocabulary& TinyVocabulary::add(std::string text, TokenKind kind, float score) {
    texts.push_back(std::move(text));
    kinds.push_back(static_cast<std::int32_t>(kind));
    scores.push_back(score);
    return *this;
}

TinyVocabulary& TinyVocabulary::merge(std::string pair) {
    merges.push_back(std::move(pair));
    return *this;
}

TokenId TinyVocabulary::id_of(const std::string& text) const {
    const auto found = std::ranges::find(texts, text);
    REQUIRE(found != texts.end());
    return static_cast<TokenId>(found - texts.begin());
}

TinyVocabulary& TinyVocabulary::bos(const std::string& text) {
    bos_ = id_of(text);
    return *this;
}

TinyVocabulary& TinyVocabulary::eos(const std::string& text) {
    eos_ = id_of(text);
    return *this;
}

GgufWriter TinyVocabulary::file() const {
    GgufWriter file;
    file.set("general.architecture", "llama").set("tokenizer.ggml.model", model);
    if (!pre.empty()) file.set("tokenizer.ggml.pre", pre);
    file.set("tokenizer.ggml.tokens", texts).set("tokenizer.ggml.token_type", kinds);
    if (model == "gpt2") file.set("tokenizer.ggml.merges", merges);
    if (model == "llama") file.set("tokenizer.ggml.scores", scores);
    if (bos_ != kNoToken) file.set("tokenizer.ggml.bos_token_id", static_cast<std::uint32_t>(bos_));
    if (eos_ != kNoToken) file.set("tokenizer.ggml.eos_token_id", static_cast<std::uint32_t>(eos_));
    return file;
}

Result<std::unique_ptr<Tokenizer>> TinyVocabulary::try_load() const { return load_from(file()); }

std::unique_ptr<Tokenizer> TinyVocabulary::load() const {
    auto tokenizer = try_load();
    if (!tokenizer) FAIL(tokenizer.error().text());
    return std::move(*tokenizer);
}

std::string TinyVocabulary::written(const std::vector<TokenId>& ids) const {
    std::string out;
    for (const TokenId id : ids) {
        const bool as_bytes = kinds[id] == static_cast<std::int32_t>(TokenKind::kNormal);
        out += as_bytes ? bytes_of_letters(texts[id]).value() : texts[id];
    }
    return out;
}

Result<std::unique_ptr<Tokenizer>> load_from(const GgufWriter& file) {
    const TempDir dir;
    const auto path = dir / "tiny.gguf";
    file.write(path);
    LECTERN_ASSIGN(const auto opened, GgufFile::open(path));
    return load_tokenizer(*opened);
}

}  // namespace lectern::test
