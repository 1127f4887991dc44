#include "app/core/eval_journal.h"

#include <fstream>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

EvalMeasurement sample(double f1) {
    EvalMeasurement m;
    m.answer = "Exeter – \"College\"\n";
    m.answer_full = "Exeter \xff";  // not UTF-8: must not break the file
    m.f1 = f1;
    m.kl = {0.125, 0.5};
    m.same_top1 = {1, 0};
    m.same_answer = true;
    m.charged_ratio = 0.1875;
    m.ttft_ms = 12.5;
    m.recomputed_rows = 15;
    m.passage_rows = 77;
    return m;
}

EvalJournal opened(const std::filesystem::path& path) {
    auto journal = EvalJournal::open(path);
    REQUIRE(journal);
    return std::move(*journal);
}

const Hash128 kA = hash128("a"), kB = hash128("b"), kC = hash128("c");

}  // namespace

TEST_CASE("a journal gives back what was added, in this run and the next") {
    const TempDir folder;
    const auto path = folder / "eval.jsonl";
    {
        EvalJournal journal = opened(path);
        CHECK(journal.find(kA) == nullptr);
        REQUIRE(journal.add(kA, sample(0.25)));
        REQUIRE(journal.add(kB, sample(0.75)));
        CHECK(journal.find(kA)->f1 == 0.25);
    }
    const EvalJournal journal = opened(path);
    REQUIRE(journal.find(kB) != nullptr);
    const EvalMeasurement expected = sample(0.75), &got = *journal.find(kB);
    CHECK(got.answer == expected.answer);
    CHECK(got.f1 == 0.75);
    CHECK(got.kl == expected.kl);
    CHECK(got.same_top1 == expected.same_top1);
    CHECK(got.same_answer);
    CHECK(got.charged_ratio == expected.charged_ratio);
    CHECK(got.ttft_ms == expected.ttft_ms);
    CHECK(got.recomputed_rows == 15);
    CHECK(got.passage_rows == 77);
    CHECK(journal.find(kC) == nullptr);
}

TEST_CASE("a line that was torn when the process died costs that line alone") {
    const TempDir folder;
    const auto path = folder / "eval.jsonl";
    REQUIRE(opened(path).add(kA, sample(0.25)));
    REQUIRE(opened(path).add(kB, sample(0.75)));
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 20);
    {
        EvalJournal journal = opened(path);
        CHECK(journal.find(kA) != nullptr);
        CHECK(journal.find(kB) == nullptr);
        REQUIRE(journal.add(kC, sample(1)));
    }
    const EvalJournal journal = opened(path);
    CHECK(journal.find(kA) != nullptr);
    CHECK(journal.find(kB) == nullptr);
    CHECK(journal.find(kC) != nullptr);
}

TEST_CASE("lines that mean something else are passed over and kept") {
    const TempDir folder;
    const auto path = folder / "eval.jsonl";
    std::ofstream(path) << "# notes\n{\"key\": 3}\n[]\n\n";
    REQUIRE(opened(path).add(kA, sample(0.25)));
    CHECK(opened(path).find(kA) != nullptr);
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    CHECK(text.str().find("# notes\n") == 0);
}

TEST_CASE("a journal that cannot be kept says so; one without a file stays in memory") {
    const TempDir folder;
    EvalJournal journal = opened(folder / "no such folder/eval.jsonl");
    const auto added = journal.add(kA, sample(0.5));
    REQUIRE_FALSE(added);
    CHECK(added.error().code == ErrorCode::kIo);
    CHECK_FALSE(EvalJournal::open(folder.path()));  // a folder
    EvalJournal in_memory = opened({});
    REQUIRE(in_memory.add(kA, sample(0.5)));
    CHECK(in_memory.find(kA)->f1 == 0.5);
}
