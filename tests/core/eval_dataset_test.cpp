#include "app/core/eval_dataset.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

std::filesystem::path file_with(const TempDir& folder, const std::string& text) {
    const auto path = folder / "cases.json";
    std::ofstream(path) << text;
    return path;
}

}  // namespace

TEST_CASE("MuSiQue's form is read, passages without text left out") {
    const TempDir folder;
    const auto cases = read_eval_dataset(file_with(folder, R"([
        {"question": "Where?", "answers": ["Exeter", "Exeter College"], "more": 1,
         "ctxs": [{"title": "A", "text": "One."}, {"text": ""}, {"text": "Zwei – 2."}]}])"));
    REQUIRE(cases);
    REQUIRE(cases->size() == 1);
    const EvalCase& item = cases->front();
    CHECK(item.question == "Where?");
    CHECK(item.answers == std::vector<std::string>{"Exeter", "Exeter College"});
    REQUIRE(item.passages.size() == 2);
    CHECK(item.passages[0].title == "A");
    CHECK(item.passages[1].text == "Zwei – 2.");
    CHECK(item.supporting_titles.empty());
}

TEST_CASE("HotpotQA's form is read with its supporting titles, each once") {
    const TempDir folder;
    const auto cases = read_eval_dataset(file_with(folder, R"([
        {"question": "Who?", "answer": "She.", "context": [["A", ["One. ", "Two."]], ["B", ["3"]]],
         "supporting_facts": [["B", 0], ["A", 1], ["B", 2]]}])"));
    REQUIRE(cases);
    const EvalCase& item = cases->front();
    CHECK(item.answers == std::vector<std::string>{"She."});
    REQUIRE(item.passages.size() == 2);
    CHECK(item.passages[0].text == "One. Two.");
    CHECK(item.supporting_titles == std::vector<std::string>{"B", "A"});
}

TEST_CASE("a corpus is a list of titled passages") {
    const TempDir folder;
    const auto corpus =
        read_eval_corpus(file_with(folder, R"([{"title": "A", "text": "x"}, {"text": "y"}])"));
    REQUIRE(corpus);
    CHECK(corpus->size() == 2);
    CHECK(corpus->back().text == "y");
}

TEST_CASE("what is no data set is refused with the place") {
    const TempDir folder;
    CHECK(read_eval_dataset(folder / "none.json").error().code == ErrorCode::kNotFound);
    const auto refused = [&](const std::string& text, const std::string& why) {
        const auto cases = read_eval_dataset(file_with(folder, text));
        REQUIRE_FALSE(cases);
        CHECK(cases.error().code == ErrorCode::kCorrupt);
        INFO(cases.error().message);
        CHECK(cases.error().message.find(why) != std::string::npos);
    };
    const std::string good = R"({"question": "q", "answers": ["a"], "ctxs": [{"text": "t"}]})";
    refused("", "breaks at byte");
    refused("[" + good + ",", "breaks at byte");
    refused("[{\"question\": \"\xff\"}]", "breaks at byte");
    refused("{}", "not a list");
    refused("[]", "has no cases");
    refused("[" + good + ", 7]", "Case 2 of cases.json cannot be used: it is not an object.");
    refused("[" + good + R"(, {"question": 3}])", "its \"question\" is not a text");
    refused(R"([{"question": "q", "answers": "a", "ctxs": []}])", "its \"answers\" is not a list");
    refused(R"([{"question": "q", "answers": [1], "ctxs": []}])", "an answer is not a text");
    refused(R"([{"question": "q", "answers": [], "ctxs": [{"text": "t"}]}])", "has no answer");
    refused(R"([{"question": "q", "answers": ["a"], "ctxs": [{"text": ""}]}])", "no passage");
    refused(R"([{"question": "q", "answers": ["a"], "ctxs": [["x"]]}])", "is not an object");
    refused(R"([{"question": "", "answers": ["a"], "ctxs": [{"text": "t"}]}])", "is empty");
    refused(R"([{"question": "q", "answer": "a", "context": [["t"]]}])", "[title, [sentence]]");
    refused(R"([{"question": "q", "answer": "a", "context": [["t", [1]]]}])", "sentence");
    refused(R"([{"question": "q", "answer": "a", "context": [["t", ["s"]]],
                 "supporting_facts": [0]}])",
            "supporting fact");
}
