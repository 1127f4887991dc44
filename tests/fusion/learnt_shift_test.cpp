#include "engine/fusion/learnt_shift.h"

#include <algorithm>

#include "engine/fusion/chunk_forms.h"
#include "tests/fusion/tiny_reading.h"
#include "tests/support/stored_rows.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("a learnt shift is the mean of what a full read makes of passages alone") {
    // Values are not rotated: the cache shows them as they are compared.
    const TinyOptions plain{.cache_dtype = DType::kF32, .numerics = CpuNumerics::kPlainF32};
    const std::string name = "qwen3";
    TinyReading full(name, plain), alone(name, plain), learning(name, plain);
    take(full.full());
    take(alone.fused(alone.chunks(KvPrecision::kF16), "none"));
    const KvShape shape = full.cache.shape();
    const auto width = static_cast<std::size_t>(shape.row_elements());

    learning.hold_prefix();
    const int held = learning.cache.size();
    ShiftLearner learner(shape);
    REQUIRE(
        learner.add(*learning.model, learning.activations, learning.cache, learning.prompt, {}));
    CHECK(learning.cache.size() == held);
    const LearntShift shift = learner.shift();
    CHECK(shift.k.size() == shape.n_layers * width);
    CHECK(shift.v.size() == shift.k.size());
    // Keys as they are stored, before they are rotated.
    const KvFormat f16 = KvPrecision::kF16;
    const auto in_full = take(capture_full_read(*learning.model, learning.activations,
                                                learning.cache, learning.prompt, {&f16, 1}, {}));
    const auto stored_alone = alone.chunks(f16);
    for (int layer = 0; layer < shape.n_layers; ++layer) {
        const auto values = full.layer_values(layer), by_itself = alone.layer_values(layer);
        for (std::size_t d = 0; d < width; ++d) {
            double sum = 0;
            for (std::size_t row = kPassage2; row < kQuestion; ++row)
                sum += double{values[row * width + d]} - double{by_itself[row * width + d]};
            CHECK(shift.v_of(layer)[d] == Approx(sum / (kQuestion - kPassage2)).margin(1e-3));
        }
        std::vector<double> keys(width, 0);
        for (int i = 1; i < 3; ++i) {
            const auto a = stored_numbers(in_full[i][0]->layer(layer)->k, true, shape.head_dim);
            const auto b = stored_numbers(stored_alone[i]->layer(layer)->k, true, shape.head_dim);
            for (std::size_t at = 0; at < a.size(); ++at) keys[at % width] += a[at] - b[at];
        }
        for (std::size_t d = 0; d < width; ++d)
            CHECK(shift.k_of(layer)[d] == Approx(keys[d] / (kQuestion - kPassage2)).margin(1e-3));
    }
}

TEST_CASE("where there is no second passage nothing is learnt") {
    TinyReading reading("llama");
    reading.hold_prefix();
    reading.prompt.erase(reading.prompt.begin() + 1, reading.prompt.begin() + 3);
    ShiftLearner learner(reading.cache.shape());
    REQUIRE(learner.add(*reading.model, reading.activations, reading.cache, reading.prompt, {}));
    for (const float x : learner.shift().v) CHECK(x == 0);
}

TEST_CASE("learning that is stopped leaves the cache as it was") {
    TinyReading reading("llama");
    reading.hold_prefix();
    const int held = reading.cache.size();
    std::stop_source stop;
    stop.request_stop();
    ShiftLearner learner(reading.cache.shape());
    const Status stopped = learner.add(*reading.model, reading.activations, reading.cache,
                                       reading.prompt, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    CHECK(reading.cache.size() == held);
}
