#include "engine/fusion/row_correction.h"

#include <algorithm>
#include <cmath>

#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Keys or values of a layer over the prompt's rows, as attention sees them.
std::vector<float> layer_values(const TinyReading& reading, int layer, bool keys) {
    const LayerKv kv = reading.cache.layer(layer);
    const KvShape& shape = reading.cache.shape();
    std::vector<float> out;
    for (int row = 0; row < kEnd; ++row)
        for (int head = 0; head < shape.n_kv_heads; ++head)
            for (int i = 0; i < shape.head_dim; ++i)
                out.push_back(keys ? key(kv, head, row, i) : value(kv, head, row, i));
    return out;
}

/// Mean over rows of `values` less `others` there, by element of a row.
std::vector<double> mean_change(const std::vector<float>& values, const std::vector<float>& others,
                                const std::vector<std::int32_t>& rows) {
    const std::size_t width = values.size() / kEnd;
    std::vector<double> mean(width, 0);
    for (const std::int32_t row : rows)
        for (std::size_t d = 0; d < width; ++d)
            mean[d] += (double{values[row * width + d]} - others[row * width + d]) /
                       static_cast<double>(rows.size());
    return mean;
}

}  // namespace

TEST_CASE("an unknown correction is refused with the known ones") {
    const auto rule = make_shift_rule("guess");
    REQUIRE_FALSE(rule);
    CHECK(rule.error().code == ErrorCode::kInvalidArgument);
    for (const std::string_view name : correction_names()) {
        CHECK(rule.error().hint.find(name) != std::string::npos);
        CHECK(make_shift_rule(name));
    }
    CHECK(take(make_shift_rule("none")).strength == 0);
}

TEST_CASE("corrected rows are the stored ones, moved by the shift that the rule gives") {
    // Values are not rotated, so that the cache shows the shift itself. In f32 nothing is rounded.
    const TinyOptions plain{.cache_dtype = DType::kF32, .numerics = CpuNumerics::kPlainF32};
    const std::vector<std::int32_t> in_2{30, 31, 40, 50}, in_3{60, 70};
    std::vector<std::int32_t> rows = in_2;
    rows.insert(rows.end(), in_3.begin(), in_3.end());
    FixedSelector selector(rows);
    TinyReading stored(std::string("qwen2"), plain);
    const auto chunks = stored.chunks(KvPrecision::kF16);
    take(stored.fused(chunks, "none"));

    for (const ShiftRule rule : {ShiftRule{0.5f, 0.0f, 4}, ShiftRule{1.0f, 8.0f, 0}}) {
        INFO("pooling " << rule.pooling);
        TinyReading reading(std::string("qwen2"), plain);
        reading.correction = rule;
        take(reading.fused(chunks, selector));
        for (int layer = 0; layer < reading.model->config().n_layers; ++layer) {
            const auto now = layer_values(reading, layer, false);
            const auto before = layer_values(stored, layer, false);
            const std::size_t width = now.size() / kEnd;
            const auto change_2 = mean_change(now, before, in_2);
            const auto change_3 = mean_change(now, before, in_3);
            const auto expected = [&](double n, const std::vector<double>& own, std::size_t d) {
                if (n < rule.min_rows) return 0.0;
                const double mean = (4 * change_2[d] + 2 * change_3[d]) / 6;
                return rule.strength * (n * own[d] + rule.pooling * mean) / (n + rule.pooling);
            };
            for (std::size_t d = 0; d < width; ++d) {
                const auto moved = [&](int row) {
                    return double{now[row * width + d]} - before[row * width + d];
                };
                CHECK(moved(26) == Approx(expected(4, change_2, d)).margin(2e-5));
                CHECK(moved(kPassage3 - 1) == Approx(expected(4, change_2, d)).margin(2e-5));
                CHECK(moved(59) == Approx(expected(2, change_3, d)).margin(2e-5));
                CHECK(moved(kPassage1) == 0);  // settled: nothing to correct
            }
        }
    }
}

TEST_CASE("every row that a reading leaves is corrected or settled, and says so") {
    TinyReading reading("gemma3");
    reading.correction = take(make_shift_rule("pooled-shift"));
    take(reading.fused(reading.chunks(), "question", 0.2));
    const auto states = reading.states();
    const auto count = [&](RowState state) {
        return std::count(states.begin() + kPassage2, states.begin() + kQuestion, state);
    };
    CHECK(count(RowState::kRecomputed) == 15);
    CHECK(count(RowState::kCorrected) == kQuestion - kPassage2 - 15);
    CHECK(states[kPassage1] == RowState::kRounded);

    TinyReading online("gemma3");
    online.correction = take(make_shift_rule("online-shift"));
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
            reading->correction = take(make_shift_rule("pooled-shift"));
        const auto chunks = wide.chunks();
        CHECK(take(wide.fused(chunks, "question", 0.3)).logits ==
              take(narrow.fused(chunks, "question", 0.3)).logits);
        CHECK(wide.all_bytes() == narrow.all_bytes());
        CHECK(wide.states() == narrow.states());
    }
}

TEST_CASE("without a recomputed row, and with all of them, a correction changes nothing") {
    for (const char* selector : {"none", "all"}) {
        TinyReading with("llama"), without("llama");
        with.correction = take(make_shift_rule("pooled-shift"));
        const auto chunks = with.chunks();
        CHECK(take(with.fused(chunks, selector)).logits ==
              take(without.fused(chunks, selector)).logits);
        CHECK(with.all_bytes() == without.all_bytes());
        CHECK(with.states() == without.states());
    }
}

TEST_CASE("slices end when the distribution settles, and at the latest with every row") {
    TinyReading reading("qwen3");
    const auto chunks = reading.chunks();
    reading.correction = take(make_shift_rule("pooled-shift"));
    reading.stopping = {.tolerance = 1e9, .first_share = 0.1, .growth = 2.0, .last_share = 0.5};
    auto report = take(reading.fused(chunks, "question"));
    CHECK(report.n_passes == 2);  // the second agrees with the first, whatever it is
    CHECK(report.recomputed_rows == 16);

    reading.cache.truncate(0);
    reading.stopping.tolerance = 1e-12;
    report = take(reading.fused(chunks, "question"));
    CHECK(report.n_passes == 4);  // 8, 16, 32 and, beyond half of 77, all 57 candidates
    CHECK(report.recomputed_rows == kQuestion - kPassage2);
    // Each further slice reads the question again, which is charged.
    const double questions = report.n_passes * (kEnd - kQuestion);
    const double rows = (report.recomputed_rows + questions) / double{kPassageRows};
    CHECK(report.charged_ratio == Approx(rows).epsilon(0.01));

    reading.cache.truncate(0);
    report = take(reading.fused(chunks, "none"));
    CHECK(report.n_passes == 1);
    CHECK(report.recomputed_rows == 0);
}

TEST_CASE("rows of an earlier slice stay as they were recomputed") {
    const TinyOptions plain{.cache_dtype = DType::kF32, .numerics = CpuNumerics::kPlainF32};
    const std::string name = "llama";
    TinyReading one(name, plain), two(name, plain);
    const auto chunks = one.chunks();
    for (TinyReading* reading : {&one, &two})
        reading->correction = take(make_shift_rule("pooled-shift"));
    RecordingSelector ranking("question");
    two.stopping = {.tolerance = 1e9, .first_share = 0.1, .growth = 2.0, .last_share = 0.5};
    take(two.fused(chunks, ranking));
    FixedSelector first({ranking.ranked.begin(), ranking.ranked.begin() + 8});
    take(one.fused(chunks, first));
    for (int layer = 0; layer < one.model->config().n_layers; ++layer)
        for (int i = 0; i < 8; ++i) {
            const int row = ranking.ranked[static_cast<std::size_t>(i)];
            CHECK(one.layer_bytes(layer, row, row + 1) == two.layer_bytes(layer, row, row + 1));
        }
}
