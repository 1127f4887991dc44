#include "app/core/citations.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

const std::vector<CitablePassage> kPassages = {
    {"", "The decompressor needs 3700 kbytes of memory for a block of 900k."},
    {"", "WAL mode does not work over a network file system."},
    {"", "Zlib streams may be concatenated."},
};

}  // namespace

TEST_CASE("a sentence is given the passage that holds its content words") {
    const SentenceCiter citer(kPassages);
    const std::string answer =
        "The decompressor needs about 3700 kbytes of memory. WAL mode does not work over a "
        "network file system.";
    const auto sentences = citer.cite(answer, true);
    REQUIRE(sentences.size() == 2);
    CHECK(sentences[0].numbers == std::vector<int>{1});
    CHECK(answer.substr(0, sentences[0].end) ==
          "The decompressor needs about 3700 kbytes of memory.");
    CHECK(sentences[1].numbers == std::vector<int>{2});
    CHECK(sentences[1].end == answer.size());
}

TEST_CASE("a sentence that no passage holds is given none") {
    const auto sentences =
        SentenceCiter(kPassages).cite("Penguins live in the southern hemisphere.", true);
    REQUIRE(sentences.size() == 1);
    CHECK(sentences[0].numbers.empty());
}

TEST_CASE("passages that say the same are both named") {
    const SentenceCiter citer({kPassages[0], kPassages[0], kPassages[1]});
    const auto sentences = citer.cite("The decompressor needs 3700 kbytes.", true);
    REQUIRE(sentences.size() == 1);
    CHECK(sentences[0].numbers == std::vector<int>{1, 2});
}

TEST_CASE("while the answer grows, its last sentence is left out and the others keep their ends") {
    const SentenceCiter citer(kPassages);
    const std::string answer = "Zlib streams may be concatenated. WAL mode does not";
    const auto growing = citer.cite(answer, false);
    REQUIRE(growing.size() == 1);
    const auto complete = citer.cite(answer + " work over networks.", true);
    REQUIRE(complete.size() == 2);
    CHECK(complete[0].end == growing[0].end);
    CHECK(citer.cite("", true).empty());
    CHECK(citer.cite(" \n ", true).empty());
}

namespace {

/// Two passages about lighthouses that share most words, of two sentences each.
const std::vector<CitablePassage> kLighthouses = {
    {"Pharos", "The lighthouse stood on an island. It was built of white stone."},
    {"Lindau", "The lighthouse stood on a pier. It was built of grey stone."},
};

/// Their sentences with a row each: 4, behind a prefix of one row.
std::vector<SourceSentence> lighthouse_rows() {
    return {{1, 0, 35, 1, 2}, {1, 35, 63, 2, 3}, {2, 0, 32, 3, 4}, {2, 32, 59, 4, 5}};
}

/// An answer of one token a sentence, which begins at begins[t] and attends to weights[t].
AnswerAttention attention_of(const std::vector<std::size_t>& begins,
                             const std::vector<std::vector<float>>& weights) {
    AnswerAttention attention(lighthouse_rows());
    for (std::size_t t = 0; t < begins.size(); ++t) {
        attention.begin_text(begins[t]);
        attention.add_row(weights[t]);
    }
    return attention;
}

}  // namespace

TEST_CASE("of passages with the same words, the one that was attended to is cited") {
    const SentenceCiter citer(kLighthouses);
    const std::string answer = "The lighthouse stood there. It was built of stone.";
    const AnswerAttention second =
        attention_of({0, 28}, {{0, .01f, 0, .5f, .01f}, {0, 0, .01f, .01f, .5f}});
    const auto cited = citer.cite(answer, true, &second);
    REQUIRE(cited.size() == 2);
    CHECK(cited[0].numbers == std::vector<int>{2});
    CHECK(cited[0].sentences == std::vector<CitedText>{{0, 31}});
    CHECK(cited[1].numbers == std::vector<int>{2});
    CHECK(cited[1].sentences == std::vector<CitedText>{{32, 59}});

    const AnswerAttention first = attention_of({0, 28}, {{0, .5f, 0, 0, 0}, {0, .5f, 0, 0, 0}});
    CHECK(citer.cite(answer, true, &first)[0].numbers == std::vector<int>{1});
    CHECK(citer.cite(answer, true)[0].numbers == std::vector<int>{1, 2});
}

TEST_CASE("a sentence's tokens alone count for it") {
    const std::string answer = "The lighthouse stood there. It was built of stone.";
    const AnswerAttention attention = attention_of({0, 28}, {{0, .5f, 0, 0, 0}, {0, 0, 0, 0, .5f}});
    const auto cited = SentenceCiter(kLighthouses).cite(answer, true, &attention);
    REQUIRE(cited.size() == 2);
    CHECK(cited[0].numbers == std::vector<int>{1});
    CHECK(cited[1].numbers == std::vector<int>{2});
}

TEST_CASE("attention without a shared word, and a few shared words alone, are not enough") {
    const SentenceCiter citer(kLighthouses);
    const AnswerAttention attention = attention_of({0}, {{0, .9f, 0, 0, 0}});
    CHECK(citer.cite("Penguins live in the south.", true, &attention)[0].numbers.empty());
    const std::string mostly_other = "Penguins swim near a white stone island.";
    CHECK_FALSE(citer.cite(mostly_other, true, &attention)[0].numbers.empty());
    const AnswerAttention nothing = attention_of({0}, {{1, 0, 0, 0, 0}});
    CHECK(citer.cite(mostly_other, true, &nothing)[0].numbers.empty());
    CHECK(citer.cite(mostly_other, true)[0].numbers.empty());
}
