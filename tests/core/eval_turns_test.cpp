#include "app/core/eval_turns.h"

#include "tests/core/ingest_fixture.h"
#include "tests/support/models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

std::vector<EvalCase> six_cases() {
    std::vector<EvalCase> cases;
    for (const char* word : {"amber", "basalt", "cobalt", "dolomite", "erbium", "flint"}) {
        const std::string name = word;
        cases.push_back({"What is " + name + "?",
                         {"a stone"},
                         {{name, "Of " + name + " it is said that it is a stone from the north."},
                          {"Trade", "It was carried along rivers and sold at fairs."},
                          {"Price", "Of all stones " + name + " was the dearest for a century."}},
                         {}});
    }
    return cases;
}

std::unique_ptr<ModelSession> load(const std::filesystem::path& file, int context) {
    SessionOptions options;
    options.context = context;
    return value(ModelSession::load(file, options, {}));
}

}  // namespace

TEST_CASE("turns with every row recomputed are read as a full read of everything") {
    const auto file = find_model(kStarter);
    if (!file) LECTERN_SKIP(std::string("no ") + kStarter);
    const auto session = load(*file, 1024);
    TurnsOptions options;
    options.max_answer_tokens = 8;
    options.fusion = {.selector = "all", .correction = "none"};
    const auto exact = value(run_turns_eval(options, six_cases(), *session, {}, {}));
    REQUIRE(exact.turns.size() == 3);
    for (const TurnRow& turn : exact.turns) {
        CHECK(turn.n == 2);
        CHECK(turn.kl_case == 0);
        CHECK(turn.top1_agreement == 1);
        CHECK(turn.f1 == turn.f1_full);
        CHECK(turn.ttft_ms_p50 > 0);
    }
    CHECK(exact.restored.kl_case == 0);
    // A passage that an earlier turn brought ("Trade") is not read again.
    const double grown = exact.turns[2].prompt_tokens - exact.turns[1].prompt_tokens;
    CHECK(grown < exact.turns[0].prompt_tokens);

    options.fusion = {.selector = "none", .correction = "none", .ratio = 0};
    const auto repaired = value(run_turns_eval(options, six_cases(), *session, {}, {}));
    options.repair = false;
    const auto left = value(run_turns_eval(options, six_cases(), *session, {}, {}));
    CHECK(repaired.turns[0].kl_case == left.turns[0].kl_case);
    CHECK(repaired.turns[2].kl_case > 0);
    CHECK(left.turns[2].kl_case != repaired.turns[2].kl_case);
    CHECK(left.restored.kl_case > 0);
}

TEST_CASE("conversations that are too long or too few are refused") {
    const auto file = find_model(kStarter);
    if (!file) LECTERN_SKIP(std::string("no ") + kStarter);
    const auto session = load(*file, 160);
    TurnsOptions options;
    options.max_answer_tokens = 8;
    CHECK(run_turns_eval(options, six_cases(), *session, {}, {}).error().code ==
          ErrorCode::kTooLong);
    options.skip = 4;
    CHECK(run_turns_eval(options, six_cases(), *session, {}, {}).error().code ==
          ErrorCode::kInvalidArgument);
}
