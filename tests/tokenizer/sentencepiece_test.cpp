#include "engine/tokenizer/sentencepiece.h"

#include <chrono>
#include <random>

#include "tests/support/catch.h"
#include "tests/tokenizer/random_text.h"
#include "tests/tokenizer/tiny_vocabulary.h"

namespace lectern {
namespace {

using test::TinyVocabulary;

/// Encoded and written out with bars between tokens, byte tokens as they are written.
std::string cut(const TinyVocabulary& vocabulary, std::string_view text) {
    std::string out;
    for (const TokenId id : vocabulary.load()->encode(text))
        out += (out.empty() ? "" : "|") + vocabulary.texts[id];
    return out;
}

TinyVocabulary words() {
    TinyVocabulary v = TinyVocabulary::sentencepiece();
    v.add("▁", TokenKind::kNormal, -20);
    for (const char* letter : {"a", "b", "c", "<", "s", ">"})
        v.add(letter, TokenKind::kNormal, -20);
    v.add("ab", TokenKind::kNormal, -2).add("bc", TokenKind::kNormal, -1);
    v.add("▁a", TokenKind::kNormal, -3).add("bca", TokenKind::kNormal, -4);
    return v;
}

}  // namespace

TEST_CASE("characters merge by the score of what they make") {
    CHECK(cut(words(), "abc") == "a|bc");  // "bc" scores above "ab"
    CHECK(cut(words(), "abca") == "a|bca");
    CHECK(cut(words(), "ab") == "ab");
    CHECK(cut(words(), " ab") == "▁|ab");  // "ab" scores above "▁a"
    CHECK(cut(words(), " a") == "▁a");
}

TEST_CASE("no space is put before a text") {
    const auto tokenizer = words().load();
    CHECK(tokenizer->encode("a").size() == 1);
    CHECK(tokenizer->decode(tokenizer->encode("a b")) == "a b");
}

TEST_CASE("what no token covers becomes bytes, broken UTF-8 too") {
    CHECK(cut(words(), "é") == "<0xC3>|<0xA9>");
    CHECK(cut(words(),
              "a\xE4"
              "bc") == "a|<0xE4>|bc");
    CHECK(cut(words(), "\xFF a") == "<0xFF>|▁a");
}

TEST_CASE("without byte tokens it becomes the unknown token") {
    TinyVocabulary v;
    v.model = "llama";
    v.add("<unk>", TokenKind::kUnknown).add("a");
    CHECK(cut(v, "aéa") == "a|<unk>|a");
}

TEST_CASE("SentencePiece never parses control tokens from text, user-defined ones always") {
    TinyVocabulary v = words();
    v.add("<s>", TokenKind::kControl, 10).add("<b>", TokenKind::kUserDefined);
    v.add("\n\n", TokenKind::kUserDefined).add("  ", TokenKind::kUserDefined);
    CHECK(cut(v, "<s>") == "<|s|>");
    CHECK(cut(v, "<0x41>").find("<0x41>") == std::string::npos);
    CHECK(cut(v, "a<b>c") == "a|<b>|c");
    CHECK(cut(v, "a\n\n\nb") == "a|\n\n|<0x0A>|b");
    CHECK(cut(v, "a   b") == "a|  |▁|b");
    const auto tokenizer = v.load();
    CHECK(tokenizer->piece(*tokenizer->find("  ")) == "  ");
    CHECK(tokenizer->piece(*tokenizer->find("<s>")).empty());
    CHECK(tokenizer->piece(*tokenizer->find("<0x41>")) == "A");
}

TEST_CASE("a token with a space inside is found though words are merged apart") {
    TinyVocabulary v = words();
    v.add("b▁", TokenKind::kNormal, -1).add("b▁c", TokenKind::kNormal, -1);
    CHECK(cut(v, "ab c") == "a|b▁c");
    CHECK(cut(v, "a c") == "a|▁|c");
}

TEST_CASE("SentencePiece gives back any bytes but its own sign for a space") {
    std::mt19937 random(3);
    const auto tokenizer = words().load();
    for (int i = 0; i < 500; ++i) {
        const std::string text = test::random_bytes(random);
        REQUIRE(tokenizer->decode(tokenizer->encode(text)) == text);
    }
    CHECK(tokenizer->decode(tokenizer->encode("a▁b")) == "a b");
}

TEST_CASE("SentencePiece takes time in proportion to long runs") {
    const auto tokenizer = words().load();  // quadratic work would take minutes
    for (const std::string unit : {"a", " ", "ab", "\xFF", "é"}) {
        std::string text;
        while (text.size() < 1'000'000) text += unit;
        const auto start = std::chrono::steady_clock::now();
        const auto ids = tokenizer->encode(text);
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        INFO(unit << " " << spent.count() << " s");
        CHECK(spent.count() < 20);
        CHECK_FALSE(ids.empty());
    }
}

TEST_CASE("SentencePiece's content hash tells scores apart") {
    TinyVocabulary other = words();
    other.scores.back() = -5;
    CHECK(other.load()->content_hash() != words().load()->content_hash());
    CHECK(words().load()->content_hash() == words().load()->content_hash());
}

}  // namespace lectern
