#include "app/core/eval_summary.h"

#include <cmath>

#include "app/core/eval_label.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

EvalMeasurement measured(double kl, double cost, double f1, double f1_full) {
    EvalMeasurement m;
    m.kl = {kl, kl};
    m.same_top1 = {1, 0};
    m.charged_ratio = cost;
    m.f1 = f1;
    m.f1_full = f1_full;
    m.rouge_l = f1 / 2;
    m.rouge_l_full = f1_full / 2;
    return m;
}

/// Three cases, of which full reading answers the first two; every way of reading by its label.
struct Measured {
    void add(const EvalVariant& variant, std::vector<EvalMeasurement> cases) {
        all.push_back(std::move(cases));
        CaseMeasurements pointers;
        for (const EvalMeasurement& m : all.back()) pointers.push_back(&m);
        series.push_back({variant, pointers});
    }
    Measured() {
        all.reserve(8);
        add({AnswerMode::kFused, {"none", "none", 0, 0}},
            {measured(0.4, 0, 1, 1), measured(0.1, 0, 0, 0.5), measured(0.2, 0, 0, 0)});
        add({AnswerMode::kFused, {"cacheblend", "none", 0.05, 0}},
            {measured(0.4, 0.08, 1, 1), measured(0.1, 0.08, 0, 0.5), measured(0.2, 0.08, 0, 0)});
        add({AnswerMode::kFused, {"cacheblend", "none", 0.15, 0}},
            {measured(0.1, 0.16, 1, 1), measured(0.025, 0.2, 0, 0.5), measured(0.2, 0.18, 0, 0)});
        add({AnswerMode::kFused, {"question", "none", 0.1, 0}},
            {measured(0.1, 0.12, 1, 1), measured(0.1, 0.14, 0.5, 0.5), measured(0, 0.13, 0.4, 0)});
        add({AnswerMode::kFull, {"", "none", 1, 0}},
            {measured(0, 1, 1, 1), measured(0, 1, 0.5, 0.5), measured(0, 1, 0, 0)});
    }

    std::vector<std::vector<EvalMeasurement>> all;
    std::vector<EvalSeries> series;
};

}  // namespace

TEST_CASE("every way of reading has one name, and those of several ratios a family") {
    CHECK(label_of({AnswerMode::kFused, {"question", "none", 0.15, 0}}) == "question 15 %");
    CHECK(label_of({AnswerMode::kFused, {"first-k", "none", 0.125, 0}}) == "first-k 12.5 %");
    CHECK(label_of({AnswerMode::kFused, {"question", "pooled-shift", 0.15, 0}}) ==
          "question + pooled-shift 15 %");
    CHECK(label_of({AnswerMode::kFused, {"question", "none", 0.15, 2.5}}) ==
          "question by entropy over 2.5 15 %");
    CHECK(label_of({AnswerMode::kFused, {"all", "pooled-shift", 0.15, 0}}) == "all");
    CHECK(label_of({AnswerMode::kFused, {"none", "none", 0.15, 0}}) == "none");
    CHECK(label_of({AnswerMode::kFused, {"none", "pooled-shift", 0.15, 0}}) == "none");
    const EvalVariant shifted{AnswerMode::kFused, {"none", "static-shift", 0, 0}};
    CHECK(label_of(shifted) == "none + static-shift");
    CHECK_FALSE(is_plain_reuse(shifted));
    CHECK(is_plain_reuse({AnswerMode::kFused, {"none", "pooled-shift", 0, 0}}));
    CHECK(label_of({AnswerMode::kFull, {"", "none", 1, 0}}) == "full read");
    CHECK(family_of({AnswerMode::kFused, {"question", "none", 0.15, 0}}) == "question");
    const KvFormat other = KvPrecision::kF16;
    CHECK(label_of({AnswerMode::kFused, {"question", "none", 0.15, 0}, other}) ==
          "question f16 15 %");
    CHECK(label_of({AnswerMode::kFused, {"none", "none", 0, 0}, other}) == "none f16");
    CHECK(label_of({AnswerMode::kFused, {"none", "none", 0, 0}, other, ChunkSource::kFullRead}) ==
          "stored f16");
    CHECK(label_of({.fusion = {.selector = "none"}, .chunks = ChunkSource::kFullRead}) ==
          "stored " + name_of(kDefaultKvFormat));
    CHECK(label_of({.fusion = {.correction = "none"}, .chunks = ChunkSource::kInDocument}) ==
          "question-end in document 15 %");
}

TEST_CASE("a row compares with full, with plain reuse and with the baseline at equal cost") {
    const Measured measured;
    const auto rows = summarise(measured.series, "cacheblend", true);
    REQUIRE(rows.size() == 5);
    const EvalRow& question = rows[3];
    CHECK(question.kl_case == Approx(0.2 / 3));
    CHECK(question.charged_ratio == Approx(0.13));
    CHECK(question.all.n == 3);
    CHECK(question.all.f1_difference.value == Approx((0 + 0 + 0.4) / 3));
    CHECK(question.all.f1_difference.low == 0);
    CHECK(question.all.f1_difference.high <= 0.4);
    CHECK(question.all.rouge_l_difference.value == Approx(0.2 / 3));
    // 1/4, 1 and the floor of 1e-6 ÷ 0.2.
    REQUIRE(question.all.kl_to_reuse);
    CHECK(question.all.kl_to_reuse->value == Approx(std::cbrt(0.25 * 1 * 5e-6)));
    // CacheBlend's mean costs are 0.08 and 0.18: at 0.13 its KL is 0.2, 0.05, 0.2.
    REQUIRE(question.all.kl_to_baseline);
    CHECK(question.all.kl_to_baseline->kl.value == Approx(std::cbrt(0.5 * 2 * 5e-6)));
    CHECK(question.all.kl_to_baseline->cost == Approx(0.13));
    CHECK(question.all.kl_to_baseline->in_range);

    CHECK(rows[1].all.kl_to_baseline->kl.value == Approx(1));
    CHECK(rows[0].all.kl_to_reuse->value == 1);
    CHECK_FALSE(rows[0].all.kl_to_baseline->in_range);  // it costs nothing
    CHECK(rows[0].all.kl_to_baseline->cost == Approx(0.08));
    CHECK(rows[0].all.kl_to_baseline->kl.value == Approx(1));
    CHECK_FALSE(rows[4].all.kl_to_reuse);  // full reading's KL is 0 by definition
    CHECK(rows[4].all.f1_difference.high == 0);
}

TEST_CASE("the questions that full reading answers are counted and compared apart") {
    const Measured measured;
    const auto rows = summarise(measured.series, "cacheblend 15 %", true);
    const EvalRow& question = rows[3];
    REQUIRE(question.answered);
    CHECK(question.answered->n == 2);
    CHECK(question.answered->f1 == Approx(0.75));
    CHECK(question.answered->f1_difference.value == 0);
    CHECK(question.answered->kl == Approx(0.1));
    CHECK(question.answered->kl_to_reuse->value == Approx(0.5));
    // A label is compared with as it was measured, whatever it cost.
    CHECK(question.answered->kl_to_baseline->kl.value == Approx(2));
    CHECK(question.answered->kl_to_baseline->cost == Approx(0.18));
    CHECK(question.answered->kl_to_baseline->in_range);
}

TEST_CASE("where full reading answers nothing there is nothing to compare") {
    Measured measured;
    for (auto& cases : measured.all)
        for (EvalMeasurement& m : cases) m.f1_full = 0;
    const auto rows = summarise(measured.series, "cacheblend", true);
    REQUIRE(rows[3].answered);
    CHECK(rows[3].answered->n == 0);
    CHECK_FALSE(rows[3].answered->kl_to_reuse);
    CHECK_FALSE(rows[3].answered->kl_to_baseline);
}

TEST_CASE("what was not measured is not compared with") {
    const Measured measured;
    const auto rows = summarise(std::span(measured.series).subspan(3, 1), "", false);
    CHECK_FALSE(rows[0].all.kl_to_reuse);
    CHECK_FALSE(rows[0].all.kl_to_baseline);
    CHECK_FALSE(rows[0].answered);
    CHECK_FALSE(rows[0].has_references);

    std::vector<EvalVariant> variants;
    for (const EvalSeries& series : measured.series) variants.push_back(series.variant);
    CHECK(check_baseline(variants, ""));
    CHECK(check_baseline(variants, "cacheblend"));
    CHECK(check_baseline(variants, "none"));
    for (const char* unknown : {"random", "cacheblend 10 %", "full read"}) {
        const auto refused = check_baseline(variants, unknown);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::kInvalidArgument);
        CHECK(refused.error().message.find("question 10 %") != std::string::npos);
    }
}
