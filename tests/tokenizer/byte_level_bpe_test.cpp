#include "engine/tokenizer/byte_level_bpe.h"

#include <random>
#include <thread>

#include "engine/tokenizer/normal_form.h"
#include "tests/support/catch.h"
#include "tests/tokenizer/random_text.h"
#include "tests/tokenizer/tiny_vocabulary.h"

namespace lectern {
namespace {

using test::TinyVocabulary;

/// Encoded and written out with bars between tokens.
std::string cut(const Tokenizer& tokenizer, std::string_view text) {
    std::string out;
    for (const TokenId id : tokenizer.encode(text))
        out += (out.empty() ? "" : "|") + tokenizer.piece(id);
    return out;
}

TinyVocabulary low_vocabulary() {
    return TinyVocabulary::byte_level()
        .add("lo")
        .add("ow")
        .add("low")
        .add("er")
        .add("Ġl")
        .merge("o w")
        .merge("l ow")
        .merge("l o")
        .merge("e r")
        .merge("Ġ l");
}

}  // namespace

TEST_CASE("neighbours merge by rank, not from left to right") {
    const auto tokenizer = low_vocabulary().load();
    CHECK(cut(*tokenizer, "low") == "low");  // "o w" comes before "l o"
    CHECK(cut(*tokenizer, "lot") == "lo|t");
    CHECK(cut(*tokenizer, "lower") == "low|er");
    CHECK(cut(*tokenizer, " low") == " |low");  // "l ow" comes before "Ġ l"
    CHECK(cut(*tokenizer, " lot") == " |lo|t");
    CHECK(cut(*tokenizer, " l") == " l");
}

TEST_CASE("of equal merges the leftmost goes first") {
    const auto tokenizer = TinyVocabulary::byte_level().add("aa").merge("a a").load();
    CHECK(cut(*tokenizer, "aaa") == "aa|a");
    CHECK(cut(*tokenizer, "aaaaa") == "aa|aa|a");
}

TEST_CASE("merges do not cross words") {
    const auto tokenizer = TinyVocabulary::byte_level().add("a1").merge("a 1").load();
    CHECK(cut(*tokenizer, "a1") == "a|1");
}

TEST_CASE("control tokens are never parsed from text, user-defined ones always") {
    const auto tokenizer = TinyVocabulary::byte_level()
                               .add("<|end|>", TokenKind::kControl)
                               .add("<think>", TokenKind::kUserDefined)
                               .add("<pad>", TokenKind::kUnused)
                               .load();
    CHECK(tokenizer->encode("<|end|>").size() == 7);
    CHECK(tokenizer->encode("<pad>").size() == 5);
    CHECK(tokenizer->encode("a<think>b") == std::vector<TokenId>{*tokenizer->find("a"),
                                                                 *tokenizer->find("<think>"),
                                                                 *tokenizer->find("b")});
    CHECK(tokenizer->is_control(*tokenizer->find("<|end|>")));
    CHECK_FALSE(tokenizer->is_control(*tokenizer->find("<think>")));
    CHECK(tokenizer->written(*tokenizer->find("<|end|>")) == "<|end|>");
    CHECK(tokenizer->written(*tokenizer->find("<think>")) == "<think>");
    CHECK(tokenizer->piece(*tokenizer->find("<|end|>")).empty());
    CHECK(tokenizer->piece(*tokenizer->find("<think>")) == "<think>");
}

TEST_CASE("a merge cannot make a control token from text") {
    const auto tokenizer =
        TinyVocabulary::byte_level().add("<s", TokenKind::kControl).merge("< s").load();
    CHECK(cut(*tokenizer, "<s") == "<|s");
}

TEST_CASE("a turn marker is a control token though the file types it as user-defined") {
    const auto tokenizer =
        TinyVocabulary::byte_level().add("<|im_end|>", TokenKind::kUserDefined).load();
    CHECK(tokenizer->encode("<|im_end|>").size() == 10);
    CHECK(tokenizer->is_control(*tokenizer->find("<|im_end|>")));
}

TEST_CASE("of user-defined tokens the leftmost and longest is taken") {
    const auto tokenizer = TinyVocabulary::byte_level()
                               .add("xx", TokenKind::kUserDefined)
                               .add("xxxx", TokenKind::kUserDefined)
                               .add("yx", TokenKind::kUserDefined)
                               .load();
    CHECK(cut(*tokenizer, "xxxxxx") == "xxxx|xx");
    CHECK(cut(*tokenizer, "yxxx") == "yx|xx");
    CHECK(cut(*tokenizer, "xxx") == "xx|x");
}

TEST_CASE("byte-level tokens give back any bytes") {
    std::mt19937 random(1);
    const auto tokenizer = low_vocabulary().load();
    for (int i = 0; i < 500; ++i) {
        const std::string text = test::random_bytes(random);
        REQUIRE(tokenizer->decode(tokenizer->encode(text)) == text);
    }
}

TEST_CASE("Qwen's ids stand for text in normal form C, broken bytes as they are") {
    std::mt19937 random(2);
    const auto tokenizer = TinyVocabulary::byte_level("qwen2").load();
    const auto back = [&](std::string_view text) {
        return tokenizer->decode(tokenizer->encode(text));
    };
    CHECK(back("e\u0301") == "\u00e9");
    CHECK(back("\u095c") == "\u0921\u093c");
    CHECK(back("e\xCC") == "e\xCC");
    CHECK(back("e\xFF\u0301 e\u0301\xFF") == "e\xFF\u0301 \u00e9\xFF");
    for (int i = 0; i < 500; ++i) {
        const std::string text = test::random_bytes(random);
        std::string buffer;
        REQUIRE(back(text) == to_nfc(text, buffer));
    }
}

TEST_CASE("a byte without a token is left out before merging") {
    TinyVocabulary vocabulary = TinyVocabulary::byte_level().add("!!").merge("! !");
    vocabulary.texts[4] = "nothing";
    const auto tokenizer = vocabulary.load();
    CHECK(cut(*tokenizer, "!\x04!") == "!!");
}

TEST_CASE("Llama 3 takes a word that is a token whole, whatever merges say") {
    TinyVocabulary vocabulary = TinyVocabulary::byte_level("llama-bpe").add("xyz");
    CHECK(cut(*vocabulary.load(), "xyz") == "xyz");
    vocabulary.pre = "qwen2";
    CHECK(cut(*vocabulary.load(), "xyz") == "x|y|z");
}

TEST_CASE("prompts begin with BOS by the file's word, else as the tokenizer was trained") {
    TinyVocabulary vocabulary = TinyVocabulary::byte_level("llama-bpe");
    CHECK(vocabulary.load()->add_bos());
    CHECK_FALSE((*test::load_from(vocabulary.file().set("tokenizer.ggml.add_bos_token", false)))
                    ->add_bos());
    vocabulary.pre = "qwen2";
    CHECK_FALSE(vocabulary.load()->add_bos());
}

TEST_CASE("long runs take time in proportion") {
    // Quadratic work would take minutes for any of these.
    const auto tokenizer = TinyVocabulary::byte_level("qwen2")
                               .add("aa")
                               .add("aaaa")
                               .add("ĠĠ")
                               .merge("a a")
                               .merge("aa aa")
                               .merge("Ġ Ġ")
                               .load();
    for (const std::string unit : {"a", " ", "\n", "ab", "!", "\xFF", "1", "e\u0301"}) {
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

TEST_CASE("one tokenizer encodes on many threads") {
    const auto tokenizer = low_vocabulary().load();
    const std::string text = "low lower slow lot flow 12 low!";
    const auto expected = low_vocabulary().load()->encode(text);
    std::vector<std::vector<TokenId>> results(8);
    {
        std::vector<std::jthread> threads;
        for (auto& result : results) {
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i) result = tokenizer->encode(text);
            });
        }
    }
    for (const auto& result : results) CHECK(result == expected);
}

TEST_CASE("the content hash tells vocabularies, merges, pre-tokenizers and kinds apart") {
    const auto hash = [](const TinyVocabulary& v) { return v.load()->content_hash(); };
    const Hash128 base = hash(low_vocabulary());
    CHECK(hash(low_vocabulary()) == base);
    CHECK(hash(low_vocabulary().add("zz")) != base);
    CHECK(hash(low_vocabulary().merge("o o").add("oo")) != hash(low_vocabulary().add("oo")));
    CHECK(hash(low_vocabulary().add("zz")) !=
          hash(low_vocabulary().add("zz", TokenKind::kControl)));
    TinyVocabulary other = low_vocabulary();
    other.pre = "smollm";
    CHECK(hash(other) != base);
}

}  // namespace lectern
