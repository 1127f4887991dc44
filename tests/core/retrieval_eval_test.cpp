// Measuring the retriever: known answers on a small corpus; on real data where it is at hand.
#include "app/core/retrieval_eval.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "retrieval/embedding/encoder_embedder.h"
#include "tests/support/catch.h"
#include "tests/support/fake_embedder.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
namespace fs = std::filesystem;

TEST_CASE("recall counts the supporting passages among the first hits") {
    test::TempDir dir;
    std::ofstream(dir / "corpus.json") << R"([
        {"title": "Ships", "text": "Ships sail on the sea."},
        {"title": "Trains", "text": "Trains roll on rails."},
        {"title": "Planes", "text": "Planes fly."}, {"title": "Bread", "text": "Bread is baked."},
        {"title": "Tea", "text": "Tea is brewed."}, {"title": "Wine", "text": "Wine is pressed."},
        {"title": "Far", "text": "Nothing in common with it."}])";
    std::ofstream(dir / "dataset.json") << R"([
        {"question": "ships sail", "supporting_facts": [["Ships", 0], ["Ships", 1]]},
        {"question": "trains roll", "supporting_facts": [["Trains", 0], ["No such passage", 0]]}])";
    test::FakeEmbedder embedder;
    int done = 0;
    RetrievalEvalOptions options;
    options.on_progress = [&](int n, int) { done = n; };
    const auto report =
        run_retrieval_eval(dir / "dataset.json", dir / "corpus.json", &embedder, options, {});
    REQUIRE(report.has_value());
    CHECK(report->n == 2);
    CHECK(done == 7);
    REQUIRE(report->recall_at.size() == 4);
    CHECK(report->recall_at.at(2) == Approx(0.75));
    CHECK(report->recall_at.at(20) == Approx(0.75));
    CHECK(report->ms_p95 >= report->ms_p50);
    CHECK(report->ms_p50 > 0);
}

TEST_CASE("a dataset of another form is a clear error") {
    test::TempDir dir;
    std::ofstream(dir / "good.json") << R"([{"title": "A", "text": "b"}])";
    std::ofstream(dir / "bad.json") << R"([{"name": "A"}])";
    std::ofstream(dir / "torn.json") << R"([{"title": )";
    const auto code = [&](const char* dataset, const char* corpus) {
        return run_retrieval_eval(dir / dataset, dir / corpus, nullptr, {}, {}).error().code;
    };
    CHECK(code("none.json", "good.json") == ErrorCode::kNotFound);
    CHECK(code("bad.json", "good.json") == ErrorCode::kCorrupt);
    CHECK(code("torn.json", "good.json") == ErrorCode::kCorrupt);
}

TEST_CASE("recall at 5 on HotpotQA is at least 0.80") {
    const char* data = std::getenv("LECTERN_EVAL_DATA");
    const auto folder = test::find_model(test::kEmbedder);
    if (data == nullptr || !folder)
        LECTERN_SKIP("needs the embedder, and LECTERN_EVAL_DATA with hotpotqa_*.json");
    const auto embedder = load_encoder_embedder(*folder);
    REQUIRE(embedder.has_value());
    const auto report =
        run_retrieval_eval(fs::path(data) / "hotpotqa_dev.json",
                           fs::path(data) / "hotpotqa_corpus.json", embedder->get(), {}, {});
    REQUIRE(report.has_value());
    for (const auto& [k, recall] : report->recall_at) WARN("recall at " << k << ": " << recall);
    WARN("ms p50 " << report->ms_p50 << ", p95 " << report->ms_p95);
    CHECK(report->recall_at.at(5) >= 0.80);
}
