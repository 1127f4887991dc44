#include "engine/fusion/row_correction.h"

#include <algorithm>
#include <cmath>

#include "engine/fusion/fusion_settings.h"
#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("an unknown correction is refused with the known ones") {
    const auto rule = make_correction_rule("guess");
    REQUIRE_FALSE(rule);
    CHECK(rule.error().code == ErrorCode::kInvalidArgument);
    for (const std::string_view name : correction_names()) {
        CHECK(rule.error().hint.find(name) != std::string::npos);
        CHECK(make_correction_rule(name));
    }
    CHECK(take(make_correction_rule("none")).strength == 0);
}

TEST_CASE("corrected rows are the stored ones, changed as the rule says") {
    // Values are not rotated, so that the cache shows the change itself. In f32 nothing is rounded.
    const TinyOptions plain{.cache_dtype = DType::kF32, .numerics = CpuNumerics::kPlainF32};
    const std::string name = "qwen2";
    const std::vector<std::vector<std::int32_t>> chosen{{30, 31, 40, 50}, {60, 70}};
    FixedSelector selector({30, 31, 40, 50, 60, 70});
    TinyReading stored(name, plain);
    const auto chunks = stored.chunks(KvPrecision::kF16);
    take(stored.fused(chunks, "none"));

    for (const char* correction : {"online-shift", "pooled-shift", "pooled-affine"}) {
        INFO(correction);
        const CorrectionRule rule = take(make_correction_rule(correction));
        TinyReading reading(name, plain);
        reading.correction = rule;
        take(reading.fused(chunks, selector));
        for (int layer = 0; layer < reading.model->config().n_layers; ++layer) {
            const auto now = reading.layer_values(layer);
            const auto before = stored.layer_values(layer);
            const std::size_t width = now.size() / kEnd;
            for (std::size_t d = 0; d < width; ++d) {
                const auto x = [&](int row) { return double{before[row * width + d]}; };
                const auto y = [&](int row) { return double{now[row * width + d]} - x(row); };
                double mean_x[2]{}, mean_y[2]{}, squares = 0, products = 0;
                for (int c = 0; c < 2; ++c) {
                    for (const int row : chosen[c]) {
                        mean_x[c] += x(row) / chosen[c].size();
                        mean_y[c] += y(row) / chosen[c].size();
                    }
                    for (const int row : chosen[c]) {
                        squares += (x(row) - mean_x[c]) * (x(row) - mean_x[c]);
                        products += (x(row) - mean_x[c]) * (y(row) - mean_y[c]);
                    }
                }
                const double slope =
                    std::clamp(rule.slope * 6 / 22 * products / squares, -1.0, 1.0);
                const double mean = (4 * mean_y[0] + 2 * mean_y[1]) / 6;
                const auto expected = [&](int c, int row) {
                    const double n = c == 0 ? 4 : 2;
                    if (n < rule.min_rows) return 0.0;
                    return rule.strength * (n * mean_y[c] + rule.pooling * mean) /
                               (n + rule.pooling) +
                           slope * (x(row) - mean_x[c]);
                };
                for (const int row : {26, kPassage3 - 1})
                    CHECK(y(row) == Approx(expected(0, row)).margin(1e-4));
                CHECK(y(59) == Approx(expected(1, 59)).margin(1e-4));
                CHECK(y(kPassage1) == 0);  // settled: nothing to correct
            }
        }
    }
}

TEST_CASE("a static shift adds what was learnt, however few rows are recomputed") {
    const TinyOptions plain{.cache_dtype = DType::kF32, .numerics = CpuNumerics::kPlainF32};
    const std::string name = "qwen2";
    TinyReading stored(name, plain), shifted(name, plain), other(name, plain);
    const auto chunks = stored.chunks(KvPrecision::kF16);
    const KvShape shape = stored.cache.shape();
    const auto width = static_cast<std::size_t>(shape.row_elements());
    LearntShift learnt{shape, {}, {}};
    for (std::size_t i = 0; i < shape.n_layers * width; ++i) {
        learnt.k.push_back(0.02f * static_cast<float>(i % 5) - 0.03f);
        learnt.v.push_back(0.01f * static_cast<float>(i % 7) - 0.02f);
    }
    shifted.learnt = other.learnt = std::make_shared<const LearntShift>(learnt);
    shifted.correction = other.correction = take(make_correction_rule("static-shift"));
    take(stored.fused(chunks, "none"));
    take(shifted.fused(chunks, "none"));
    FixedSelector selector({30, 60, 61});
    take(other.fused(chunks, selector));
    for (int layer = 0; layer < shape.n_layers; ++layer) {
        const auto before = stored.layer_values(layer);
        for (const TinyReading* reading : {&shifted, &other}) {
            const auto now = reading->layer_values(layer);
            for (const int row : {kPassage2, kPassage3 + 10, kQuestion - 1})
                for (std::size_t d = 0; d < width; ++d)
                    CHECK(now[row * width + d] - before[row * width + d] ==
                          Approx(learnt.v_of(layer)[d]).margin(1e-6));
            // Keys are rotated, which leaves the length of what was added.
            const LayerKv a = reading->cache.layer(layer), b = stored.cache.layer(layer);
            for (int head = 0; head < shape.n_kv_heads; ++head) {
                double added = 0, expected = 0;
                for (int d = 0; d < shape.head_dim; ++d) {
                    const double change =
                        double{key(a, head, kPassage2, d)} - double{key(b, head, kPassage2, d)};
                    const double shift = learnt.k_of(layer)[head * shape.head_dim + d];
                    added += change * change;
                    expected += shift * shift;
                }
                CHECK(added == Approx(expected).epsilon(1e-3));
            }
            for (std::size_t d = 0; d < width; ++d)  // settled
                CHECK(now[kPassage1 * width + d] == before[kPassage1 * width + d]);
        }
    }
    CHECK(shifted.states()[kPassage2] == RowState::kCorrected);
}

TEST_CASE("a static shift without one of this model is refused") {
    TinyReading reading("llama");
    reading.correction = take(make_correction_rule("static-shift"));
    const auto chunks = reading.chunks();
    const auto none = make_fusion({.correction = "static-shift"}, 0);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::kInvalidArgument);
    CHECK(none.error().message.find("lectern calibrate") != std::string::npos);
    reading.learnt = std::make_shared<const LearntShift>(LearntShift{{1, 1, 2}, {0, 0}, {0, 0}});
    const auto foreign = reading.fused(chunks, "none");
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().code == ErrorCode::kInvalidArgument);
    CHECK(reading.cache.size() == 0);
}

TEST_CASE("every row that a reading leaves is corrected or settled, and says so") {
    TinyReading reading("gemma3");
    reading.correction = take(make_correction_rule("pooled-shift"));
    take(reading.fused(reading.chunks(), "question", 0.2));
    const auto states = reading.states();
    const auto count = [&](RowState state) {
        return std::count(states.begin() + kPassage2, states.begin() + kQuestion, state);
    };
    CHECK(count(RowState::kRecomputed) == 15);
    CHECK(count(RowState::kCorrected) == kQuestion - kPassage2 - 15);
    CHECK(states[kPassage1] == RowState::kRounded);

    TinyReading online("gemma3");
    online.correction = take(make_correction_rule("online-shift"));
    FixedSelector selector({30, 31, 40, 50, 60});  // four of one chunk, one of the other
    take(online.fused(online.chunks(), selector));
    CHECK(online.states()[kPassage2] == RowState::kCorrected);
    CHECK(online.states()[kPassage3] == RowState::kReused);
}

TEST_CASE("a correction does not depend on how much room the activations have, nor on threads") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading wide(name), narrow(name, {.n_threads = 3, .activation_rows = 4});
        for (TinyReading* reading : {&wide, &narrow})
            reading->correction = take(make_correction_rule("pooled-affine"));
        const auto chunks = wide.chunks();
        CHECK(take(wide.fused(chunks, "question", 0.3)).logits ==
              take(narrow.fused(chunks, "question", 0.3)).logits);
        CHECK(wide.all_bytes() == narrow.all_bytes());
        CHECK(wide.states() == narrow.states());
    }
}

TEST_CASE("without a recomputed row, and with all of them, a correction changes nothing") {
    for (const char* selector : {"none", "all"}) {
        const TinyOptions few_rows{.activation_rows = 16};
        const std::string name = "llama";
        TinyReading with(name, few_rows), without(name, few_rows);
        with.correction = take(make_correction_rule("pooled-shift"));
        const auto chunks = with.chunks();
        CHECK(take(with.fused(chunks, selector)).logits ==
              take(without.fused(chunks, selector)).logits);
        CHECK(with.all_bytes() == without.all_bytes());
        CHECK(with.states() == without.states());
        CHECK(with.activations.capacity == without.activations.capacity);  // needs no room
    }
}
