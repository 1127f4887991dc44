// Files that lie about their tokenizer are refused by what is wrong, never followed.
#include <limits>

#include "tests/support/catch.h"
#include "tests/tokenizer/tiny_vocabulary.h"

namespace lectern {
namespace {

using test::TinyVocabulary;

void check_refused(const Result<std::unique_ptr<Tokenizer>>& tokenizer, ErrorCode code,
                   const std::string& naming) {
    INFO(naming);
    REQUIRE_FALSE(tokenizer);
    INFO(tokenizer.error().text());
    CHECK(tokenizer.error().code == code);
    CHECK(tokenizer.error().text().find(naming) != std::string::npos);
}

}  // namespace

TEST_CASE("a merge that names a token the vocabulary lacks is corrupt") {
    for (const char* merge : {"x nope", "nope x", "x y", "x", "", " ", "x "}) {
        const auto vocabulary = TinyVocabulary::byte_level().merge("x x").add("xx").merge(merge);
        check_refused(vocabulary.try_load(), ErrorCode::kCorrupt, "Merge 1");
    }
}

TEST_CASE("a file without its tokenizer's arrays is corrupt") {
    test::GgufWriter no_tokens;
    no_tokens.set("tokenizer.ggml.model", "gpt2").set("tokenizer.ggml.pre", "gpt-2");
    check_refused(test::load_from(no_tokens), ErrorCode::kCorrupt, "tokenizer.ggml.tokens");

    const std::vector<std::string> texts{"a", "b"};
    test::GgufWriter no_kinds = no_tokens;
    no_kinds.set("tokenizer.ggml.tokens", texts);
    check_refused(test::load_from(no_kinds), ErrorCode::kCorrupt, "tokenizer.ggml.token_type");

    test::GgufWriter no_merges = no_kinds;
    no_merges.set("tokenizer.ggml.token_type", std::vector<std::int32_t>{1, 1});
    check_refused(test::load_from(no_merges), ErrorCode::kCorrupt, "tokenizer.ggml.merges");

    test::GgufWriter no_scores;
    no_scores.set("tokenizer.ggml.model", "llama").set("tokenizer.ggml.tokens", texts);
    no_scores.set("tokenizer.ggml.token_type", std::vector<std::int32_t>{1, 1});
    check_refused(test::load_from(no_scores), ErrorCode::kCorrupt, "tokenizer.ggml.scores");

    test::GgufWriter wrong_type;
    wrong_type.set("tokenizer.ggml.model", "llama");
    wrong_type.set("tokenizer.ggml.tokens", std::vector<std::int32_t>{1, 2});
    check_refused(test::load_from(wrong_type), ErrorCode::kCorrupt, "tokenizer.ggml.tokens");
}

TEST_CASE("arrays of unequal length are corrupt") {
    TinyVocabulary bpe = TinyVocabulary::byte_level();
    bpe.kinds.pop_back();
    check_refused(bpe.try_load(), ErrorCode::kCorrupt, "255 token types");
    TinyVocabulary pieces = TinyVocabulary::sentencepiece();
    pieces.scores.push_back(0);
    check_refused(pieces.try_load(), ErrorCode::kCorrupt, "258 scores");
}

TEST_CASE("a special id beyond the vocabulary is corrupt") {
    for (const std::uint32_t id : {256U, 0xFFFFFFFFU}) {
        check_refused(test::load_from(TinyVocabulary::byte_level().file().set(
                          "tokenizer.ggml.eos_token_id", id)),
                      ErrorCode::kCorrupt, "tokenizer.ggml.eos_token_id");
    }
    check_refused(test::load_from(TinyVocabulary::byte_level().file().set(
                      "tokenizer.ggml.bos_token_id", std::int32_t{-1})),
                  ErrorCode::kCorrupt, "tokenizer.ggml.bos_token_id");
}

TEST_CASE("a token type or score that means nothing is corrupt") {
    TinyVocabulary bpe = TinyVocabulary::byte_level();
    bpe.kinds[3] = 7;
    check_refused(bpe.try_load(), ErrorCode::kCorrupt, "unknown type 7");
    TinyVocabulary pieces = TinyVocabulary::sentencepiece();
    pieces.add("a", TokenKind::kNormal, std::numeric_limits<float>::quiet_NaN());
    check_refused(pieces.try_load(), ErrorCode::kCorrupt, "score");
}

TEST_CASE("byte tokens that are missing, twofold or none are corrupt") {
    TinyVocabulary twofold = TinyVocabulary::sentencepiece();
    twofold.texts[2] = "<0x00>";
    check_refused(twofold.try_load(), ErrorCode::kCorrupt, "Token 2");
    TinyVocabulary none = TinyVocabulary::sentencepiece();
    none.texts[2] = "<0xZZ>";
    check_refused(none.try_load(), ErrorCode::kCorrupt, "Token 2");
    TinyVocabulary missing = TinyVocabulary::sentencepiece();
    missing.kinds[2] = static_cast<std::int32_t>(TokenKind::kNormal);
    check_refused(missing.try_load(), ErrorCode::kCorrupt, "255 byte tokens");
    TinyVocabulary no_unknown;
    no_unknown.model = "llama";
    no_unknown.add("a");
    check_refused(no_unknown.try_load(), ErrorCode::kCorrupt, "no unknown token");
}

TEST_CASE("a tokenizer or pre-tokenizer that is not known is refused by name") {
    TinyVocabulary vocabulary = TinyVocabulary::byte_level("gpt-9");
    check_refused(vocabulary.try_load(), ErrorCode::kUnsupported, "gpt-9");
    vocabulary.pre.clear();
    check_refused(vocabulary.try_load(), ErrorCode::kUnsupported, "tokenizer.ggml.pre");
    vocabulary.model = "rwkv";
    check_refused(vocabulary.try_load(), ErrorCode::kUnsupported, "rwkv");
    test::GgufWriter none;
    none.set("general.architecture", "llama");
    check_refused(test::load_from(none), ErrorCode::kNotFound, "tokenizer.ggml.model");
}

TEST_CASE("equal, empty and broken token texts do no harm") {
    const auto vocabulary = TinyVocabulary::byte_level().add("").add("").add("a").add("\xFF\xFE");
    const auto tokenizer = vocabulary.load();
    CHECK(tokenizer->decode(tokenizer->encode("a\xFF\xFE")) == "a\xFF\xFE");
    CHECK(*tokenizer->find("a") == 'a');  // the first of two
    CHECK_FALSE(tokenizer->find(""));
    CHECK(tokenizer->piece(256).empty());
}

}  // namespace lectern
