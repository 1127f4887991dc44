#include "app/core/eval.h"

#include <algorithm>
#include <set>

#include "tests/core/tiny_eval.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

EvalOptions options_for(std::vector<EvalVariant> variants) {
    EvalOptions options;
    options.variants = std::move(variants);
    options.max_answer_tokens = 6;
    return options;
}

const EvalVariant kAll{AnswerMode::kFused, {"all", "none", 0.15, 0}};
const EvalVariant kNone{AnswerMode::kFused, {"none", "none", 0.15, 0}};
const EvalVariant kQuestionRows{AnswerMode::kFused, {"question", "none", 0.2, 0}};
const EvalVariant kFullRead{AnswerMode::kFull, {"", "none", 0, 0}};

void check_equals_full(const EvalRow& row) {
    CHECK(row.n == 3);
    CHECK(row.kl_mean == 0);
    CHECK(row.kl_p95 == 0);
    CHECK(row.kl_first == 0);
    CHECK(row.top1_agreement == 1);
    CHECK(row.exact_match_full == 1);
    CHECK(row.f1 == row.f1_full);
    CHECK(row.rouge_l == row.rouge_l_full);
    CHECK(row.charged_ratio == 1);
    CHECK(row.ttft_ms_p50 > 0);
    CHECK(row.ttft_full_ms_p50 > 0);
}

}  // namespace

TEST_CASE("with every row recomputed the divergence is 0 and the answers are full's") {
    for (const char* model : {"llama", "qwen3", "gemma3"}) {
        INFO(model);
        TinyEval eval(model);
        const auto report = take(eval.run(options_for({kAll, kFullRead, kNone})));
        REQUIRE(report.rows.size() == 3);
        check_equals_full(report.rows[0]);
        check_equals_full(report.rows[1]);
        CHECK(report.rows[2].charged_ratio == 0);
        CHECK(report.rows[2].kl_mean > 0);
        CHECK(report.rows[2].kl_p95 >= report.rows[2].kl_mean);
        CHECK(report.rows[2].kl_case_se > 0);
        CHECK(report.skipped.empty());
        CHECK(report.n_resumed == 0);
    }
}

TEST_CASE("several variants measured together are what each is alone") {
    TinyEval eval;
    const auto together = take(eval.run(options_for({kNone, kQuestionRows})));
    const auto alone = take(eval.run(options_for({kQuestionRows})));
    CHECK(alone.rows[0].kl_mean == together.rows[1].kl_mean);
    CHECK(alone.rows[0].charged_ratio == together.rows[1].charged_ratio);
    CHECK(alone.rows[0].charged_ratio > 0.2);
    CHECK(alone.rows[0].f1 == together.rows[1].f1);
}

TEST_CASE("behind an earlier turn no passage is exact, and the reading can still be full's") {
    TinyEval eval;
    auto cases = tiny_cases();
    const auto alone = take(run_eval(options_for({kNone}), cases, eval.engine, {}, {}));
    for (EvalCase& item : cases) item.history = {{"What does Scipio do?", ""}};
    const auto behind = take(run_eval(options_for({kNone, kAll}), cases, eval.engine, {}, {}));
    CHECK(behind.rows[0].kl_mean > 0);
    CHECK(behind.rows[0].kl_mean != alone.rows[0].kl_mean);
    check_equals_full(behind.rows[1]);
}

TEST_CASE("cases without reference answers are measured by KL alone") {
    TinyEval eval;
    auto cases = tiny_cases();
    for (EvalCase& item : cases) item.answers.clear();
    const auto report = take(run_eval(options_for({kNone}), cases, eval.engine, {}, {}));
    CHECK_FALSE(report.rows[0].has_references);
    CHECK_FALSE(report.rows[0].answered);
    CHECK(report.rows[0].kl_case ==
          take(run_eval(options_for({kNone}), tiny_cases(), eval.engine, {}, {})).rows[0].kl_case);
}

TEST_CASE("a baseline must be measured") {
    TinyEval eval;
    EvalOptions options = options_for({kNone, kQuestionRows});
    options.baseline = "cacheblend";
    CHECK(eval.run(options).error().code == ErrorCode::kInvalidArgument);
    options.baseline = "none";
    const auto report = take(eval.run(options));
    CHECK(report.rows[1].all.kl_to_baseline->kl.value == report.rows[1].all.kl_to_reuse->value);
}

TEST_CASE("the full read's own KV in its stored form is nearer to it than chunks by themselves") {
    TinyEval eval;
    EvalVariant fine = kNone, coarse = kNone, alone = kNone;
    fine.kv_format = KvPrecision::kF16;
    coarse.kv_format = KvPrecision::kInt4;
    fine.chunks = coarse.chunks = ChunkSource::kFullRead;
    const auto report = take(eval.run(options_for({fine, coarse, alone, kFullRead})));
    CHECK(report.rows[0].kl_mean < 0.1 * report.rows[1].kl_mean);
    CHECK(report.rows[1].kl_mean < report.rows[2].kl_mean);
    CHECK(report.rows[1].charged_ratio == 0);
    const auto together = report.rows[1].kl_mean;
    CHECK(take(eval.run(options_for({coarse}))).rows[0].kl_mean == together);
    const KvShape shape = eval.reading.model->config().kv_shape();
    CHECK(report.rows[0].kv_bytes_per_token ==
          static_cast<double>(kv_payload_bytes(shape, KvPrecision::kF16, 1)));
    CHECK(report.rows[1].kv_bytes_per_token < 0.6 * report.rows[0].kv_bytes_per_token);
    CHECK(report.rows[3].kv_bytes_per_token == 0);
}

TEST_CASE("in their document, chunks of a document read in order are the full read's own") {
    TinyEval eval;
    const std::string a = "Hannibal and Scipio is a play.", b = "Nabbes went to Exeter College.";
    const std::vector<EvalCase> whole{
        {"Where did its author go?", {"Exeter College"}, {{"", a, ""}, {"", b, a}}, {}}};
    EvalVariant alone = kNone, in_document = kNone, stored = kNone;
    in_document.chunks = ChunkSource::kInDocument;
    stored.chunks = ChunkSource::kFullRead;
    const auto options = options_for({alone, in_document, stored});
    const auto report = take(run_eval(options, whole, eval.engine, {}, {}));
    CHECK(report.rows[1].kl_mean == report.rows[2].kl_mean);
    CHECK(report.rows[0].kl_mean > report.rows[1].kl_mean);

    // Before the first passage there is nothing in the prompt, whatever its document holds there.
    auto later = whole;
    later[0].passages[0].before = b;
    const auto same = take(run_eval(options_for({in_document}), later, eval.engine, {}, {}));
    CHECK(same.rows[0].kl_mean == report.rows[1].kl_mean);
}

TEST_CASE("skip and limit choose cases") {
    TinyEval eval;
    EvalOptions options = options_for({kNone});
    const auto all = take(eval.run(options));
    double kl = 0;
    for (options.limit = 1; options.skip < 3; ++options.skip) {
        const auto one = take(eval.run(options));
        CHECK(one.rows[0].n == 1);
        kl += one.rows[0].kl_case / 3;
    }
    CHECK(all.rows[0].kl_case == Approx(kl));
}

TEST_CASE("an evaluation goes on where it was and computes nothing twice") {
    const TempDir folder;
    TinyEval eval;
    EvalOptions options = options_for({kNone});
    options.resume_file = folder / "eval.jsonl";
    options.limit = 2;
    take(eval.run(options));

    options.limit = 0;
    const auto resumed = take(eval.run(options));
    CHECK(resumed.n_resumed == 2);
    const auto work = eval.reading.model->work();
    const auto again = take(eval.run(options));
    CHECK(again.n_resumed == 3);
    CHECK(eval.reading.model->work().passage == work.passage);
    CHECK(again.rows[0].kl_mean == resumed.rows[0].kl_mean);
    CHECK(again.rows[0].kl_mean == take(eval.run(options_for({kNone}))).rows[0].kl_mean);

    // Another ratio, seed or precision is another measurement.
    options.variants[0].kv_format = KvPrecision::kF16;
    CHECK(take(eval.run(options)).n_resumed == 0);
    options.variants[0].chunks = ChunkSource::kFullRead;
    CHECK(take(eval.run(options)).n_resumed == 0);
    options.variants = {kQuestionRows};
    CHECK(take(eval.run(options)).n_resumed == 0);
}

TEST_CASE("kept readings and chunks are read in full once, and what is torn once more") {
    const TempDir folder;
    TinyEval eval;
    const std::vector<EvalVariant> variants{kNone, kQuestionRows, kFullRead};
    EvalOptions options = options_for(variants);
    options.keep_folder = folder / "kept";
    const auto passage_work = [&](const EvalOptions& asked) {
        const auto before = eval.reading.model->work().passage;
        const auto report = take(eval.run(asked));
        const auto work = eval.reading.model->work().passage - before;
        const auto fresh = take(eval.run(options_for(variants)));
        for (std::size_t i = 0; i < report.rows.size(); ++i)
            CHECK(report.rows[i].kl_case == fresh.rows[i].kl_case);
        CHECK(report.rows[2].charged_ratio == 1);
        return work;
    };
    const auto first = passage_work(options);
    const auto again = passage_work(options);
    CHECK(again < first);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "kept"))
        if (entry.is_regular_file())
            std::filesystem::resize_file(entry.path(), entry.file_size() - 1);
    const auto torn = passage_work(options);
    CHECK(again < torn);
    CHECK(torn < first);
    CHECK(passage_work(options) == again);
}

TEST_CASE("a case beyond the context is left out, and said so") {
    TinyEval eval;
    auto cases = tiny_cases();
    cases[1].passages[0].text = std::string(300, 'x');  // the tiny models read 256 tokens
    const auto report = take(run_eval(options_for({kNone}), cases, eval.engine, {}, {}));
    CHECK(report.rows[0].n == 2);
    REQUIRE(report.skipped.size() == 1);
    CHECK(report.skipped[0].number == 2);
    CHECK(report.skipped[0].reason.find("256") != std::string::npos);

    const auto none =
        run_eval(options_for({kNone}), std::span(cases).subspan(1, 1), eval.engine, {}, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::kTooLong);
}

TEST_CASE("a case whose prompt cannot be made short enough is left out; another failure ends it") {
    TinyEval eval;
    const auto build = eval.engine.build_prompt;
    ErrorCode code = ErrorCode::kTooLong;
    eval.engine.build_prompt = [&](const EvalCase& item) {
        if (item.question == "When?") return Result<PromptSegments>(fail(code, "It is too long."));
        return build(item);
    };
    const auto report = take(eval.run(options_for({kNone})));
    CHECK(report.rows[0].n == 2);
    REQUIRE(report.skipped.size() == 1);
    CHECK(report.skipped[0].number == 3);
    CHECK(report.skipped[0].reason == "It is too long.");
    code = ErrorCode::kInternal;
    CHECK(eval.run(options_for({kNone})).error().code == code);
}

TEST_CASE("what cannot be evaluated is refused") {
    TinyEval eval;
    const auto refused = [&](EvalOptions options) {
        const auto report = eval.run(options);
        REQUIRE_FALSE(report);
        CHECK(report.error().code == ErrorCode::kInvalidArgument);
    };
    refused(options_for({}));
    refused(options_for({{AnswerMode::kFused, {"fastest", "none", 0.15, 0}}}));
    refused(options_for({{AnswerMode::kFused, {"question", "none", 1.5, 0}}}));
    refused(options_for({{AnswerMode::kFused, {"question", "none", std::nan(""), 0}}}));
    EvalOptions options = options_for({kNone});
    options.skip = 3;
    refused(options);
    options.skip = -1;
    refused(options);
    options.skip = 0;
    options.max_kl_positions = 0;
    refused(options);
}

TEST_CASE("a cancelled evaluation keeps what it measured") {
    const TempDir folder;
    TinyEval eval;
    EvalOptions options = options_for({kNone});
    options.resume_file = folder / "eval.jsonl";
    std::stop_source stop;
    const auto after_one = [&](const EvalProgress& progress) {
        CHECK(progress.cases_total == 3);
        if (progress.cases_done == 1) stop.request_stop();
    };
    const auto cases = tiny_cases();
    const auto cancelled = run_eval(options, cases, eval.engine, after_one, stop.get_token());
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code == ErrorCode::kCancelled);
    CHECK(take(eval.run(options)).n_resumed == 1);
}

TEST_CASE("readings that differ in what the share grows by, or in the shift, are measured each") {
    const TempDir folder;
    TinyEval eval;
    const KvShape shape = eval.reading.model->config().kv_shape();
    const auto n = static_cast<std::size_t>(shape.n_layers * shape.row_elements());
    const auto shifted = [&](float by) {
        EvalVariant variant{AnswerMode::kFused, {"question", "static-shift", 0.2, 0}};
        variant.fusion.learnt = std::make_shared<const LearntShift>(
            LearntShift{shape, std::vector<float>(n, 0.0f), std::vector<float>(n, by)});
        return variant;
    };
    const auto by_entropy = [](double sure_nats) {
        return EvalVariant{AnswerMode::kFused, {"question", "none", 0.2, sure_nats}};
    };
    const std::vector<EvalVariant> all{by_entropy(0), by_entropy(0.5), by_entropy(1), shifted(0.1f),
                                       shifted(0.3f)};
    std::vector<double> kl;
    for (const EvalVariant& variant : all) {
        EvalOptions options = options_for({variant});
        options.resume_file = folder / "results.jsonl";
        const EvalReport report = take(eval.run(options));
        CHECK(report.n_resumed == 0);
        kl.push_back(report.rows[0].kl_case);
        CHECK(take(eval.run(options)).n_resumed == 3);
    }
    CHECK(std::set(kl.begin(), kl.end()).size() == all.size());
}
