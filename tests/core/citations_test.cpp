#include "app/core/citations.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

const std::vector<std::string> kPassages = {
    "The decompressor needs 3700 kbytes of memory for a block of 900k.",
    "WAL mode does not work over a network file system.",
    "Zlib streams may be concatenated.",
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
