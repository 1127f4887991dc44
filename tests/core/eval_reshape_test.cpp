#include "app/core/eval_reshape.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

/// A token a word.
int count_words(std::string_view text) {
    int n = 0;
    bool in_word = false;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\n';
        n += !is_space && !in_word ? 1 : 0;
        in_word = !is_space;
    }
    return n;
}

std::vector<std::string> texts_of(const std::vector<EvalPassage>& passages) {
    std::vector<std::string> texts;
    for (const EvalPassage& passage : passages) texts.push_back(passage.text);
    return texts;
}

std::string titles_of(const std::vector<EvalPassage>& passages) {
    std::string titles;
    for (const EvalPassage& passage : passages) titles += passage.title;
    return titles;
}

using Texts = std::vector<std::string>;

EvalCase five_passages() {
    return {"When?",
            {"1635", "Exeter College"},
            {{"a", "Nothing."},
             {"b", "It has 16350 of them."},
             {"c", "He went to EXETER\ncollege."},
             {"d", "Neither."},
             {"e", "Printed (1635), sold later."}},
            {}};
}

}  // namespace

TEST_CASE("passages that support the answer stay first, in the file's order") {
    EvalCase item = five_passages();
    item.supporting_titles = {"d", "b", "nowhere"};
    CHECK(titles_of(choose_passages(item, 1)) == "b");
    CHECK(titles_of(choose_passages(item, 2)) == "bd");
    CHECK(titles_of(choose_passages(item, 4)) == "abcd");
    CHECK(titles_of(choose_passages(item, 9)) == "abcde");
}

TEST_CASE("where no support is known, passages with a reference answer count as such") {
    EvalCase item = five_passages();
    CHECK(titles_of(choose_passages(item, 2)) == "ce");  // whole words, whatever stands around them
    CHECK(titles_of(choose_passages(item, 3)) == "ace");
    item.answers = {"?"};  // no words at all
    CHECK(titles_of(choose_passages(item, 2)) == "ab");
}

TEST_CASE("a passage is cut at sentence ends into chunks of at most so many tokens") {
    const EvalPassage passage{"T", "One two three. Four five. Six seven eight nine. Ten."};
    const auto chunks = cut_passage(passage, 5, count_words);
    CHECK(texts_of(chunks) == Texts{"One two three. Four five.", "Six seven eight nine. Ten."});
    CHECK(titles_of(chunks) == "TT");
    CHECK(chunks[0].before.empty());
    CHECK(chunks[1].before == chunks[0].text);
    CHECK(texts_of(cut_passage(passage, 100, count_words)) == Texts{passage.text});
    CHECK(cut_passage({"T", " \n "}, 5, count_words).empty());
}

TEST_CASE("a sentence longer than a chunk is cut between words, and nothing is lost") {
    const EvalPassage passage{"", "aa bb cc dd ee ff gg hh ii jj kk. Ende."};
    const auto chunks = cut_passage(passage, 4, count_words);
    REQUIRE(chunks.size() >= 3);
    std::string joined;
    for (const EvalPassage& chunk : chunks) {
        CHECK(count_words(chunk.text) <= 5);
        joined += (joined.empty() ? "" : " ") + chunk.text;
    }
    CHECK(joined == passage.text);
}

TEST_CASE("a small rest goes to the chunk before it") {
    const EvalPassage passage{"", "a b c d e f g h i. J k l m n o p q r s. T u."};
    CHECK(texts_of(cut_passage(passage, 10, count_words)) ==
          Texts{"a b c d e f g h i.", "J k l m n o p q r s. T u."});
}

TEST_CASE("chunks are passages, which are then chosen from") {
    std::vector<EvalCase> cases{
        {"Q", {"five"}, {{"A", "One two. Three four."}, {"B", "Five six. Seven eight."}}, {}}};
    REQUIRE(reshape(cases, {.n_passages = 2, .chunk_tokens = 2}, count_words));
    CHECK(texts_of(cases[0].passages) == Texts{"One two.", "Five six."});
    CHECK(cases[0].history.empty());

    auto same = cases;
    REQUIRE(reshape(same, {}, count_words));
    CHECK(texts_of(same[0].passages) == texts_of(cases[0].passages));
}

TEST_CASE("the earlier turn of a case is the case before it, the first one's the last") {
    std::vector<EvalCase> cases{
        {"A?", {"a", "x"}, {{"", "a"}}, {}}, {"B?", {"b"}, {{"", "b"}}, {}}, five_passages()};
    REQUIRE(reshape(cases, {.has_history = true}, count_words));
    REQUIRE(cases[0].history.size() == 1);
    CHECK(cases[0].history[0].question == "When?");
    CHECK(cases[0].history[0].answer == "1635");
    CHECK(cases[1].history[0].question == "A?");
    CHECK(cases[1].history[0].answer == "a");

    std::vector<EvalCase> one{five_passages()};
    CHECK(reshape(one, {.has_history = true}, count_words).error().code ==
          ErrorCode::kInvalidArgument);
    cases[0].answers.clear();
    CHECK(reshape(cases, {.has_history = true}, count_words).error().code ==
          ErrorCode::kInvalidArgument);
}

TEST_CASE("a shape has a name") {
    CHECK(suffix_of({}).empty());
    CHECK(suffix_of({.n_passages = 6, .chunk_tokens = 400, .has_history = true}) ==
          "-6-passages-400-tokens-history");
}
