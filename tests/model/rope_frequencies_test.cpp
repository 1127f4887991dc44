#include "engine/model/rope_frequencies.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("without scaling pair i turns by base^(-2i / rotary_dim)") {
    const Rope rope = make_rope({.rotary_dim = 8, .base = 10'000}, {});
    REQUIRE(rope.inverse_frequency.size() == 4);
    CHECK(rope.inverse_frequency[0] == 1.0f);
    CHECK(rope.inverse_frequency[1] == Approx(0.1));
    CHECK(rope.inverse_frequency[3] == Approx(0.001));
    CHECK(rope.magnitude == 1.0f);
}

TEST_CASE("linear scaling slows every pair alike") {
    const Rope rope =
        make_rope({.rotary_dim = 4, .base = 100, .scaling = RopeScaling::kLinear, .factor = 8}, {});
    CHECK(rope.inverse_frequency == std::vector<float>{0.125f, 0.0125f});
}

TEST_CASE("a file's factors divide the frequencies") {
    const Rope rope = make_rope({.rotary_dim = 4, .base = 100}, std::vector<float>{1.0f, 4.0f});
    CHECK(rope.inverse_frequency == std::vector<float>{1.0f, 0.025f});
}

TEST_CASE("YaRN keeps fast pairs, stretches slow ones and scales the attention") {
    const Rope rope = make_rope({.rotary_dim = 128,
                                 .base = 1e6,
                                 .scaling = RopeScaling::kYarn,
                                 .factor = 4,
                                 .original_context = 32768},
                                {});
    CHECK(rope.inverse_frequency.front() == 1.0f);
    const double slowest = std::pow(1e6, -126.0 / 128);
    CHECK(rope.inverse_frequency.back() == Approx(slowest / 4));
    CHECK(rope.magnitude == Approx(0.1 * std::log(4.0) + 1));
}
