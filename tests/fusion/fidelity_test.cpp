#include "engine/fusion/fidelity.h"

#include <cmath>
#include <random>
#include <vector>

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("the divergence of a distribution from itself is 0, and of two what one counts by hand") {
    std::mt19937 random(3);
    std::normal_distribution<float> normal(0, 5);
    std::vector<float> logits(1000);
    for (float& logit : logits) logit = normal(random);
    CHECK(kl_divergence(logits, logits) == 0);
    std::vector<float> shifted = logits;
    for (float& logit : shifted) logit += 100;  // the same distribution, but for f32 rounding
    CHECK(kl_divergence(logits, shifted) < 1e-9);

    // p = (1/4, 3/4), q = (1/2, 1/2).
    const std::vector<float> p{0, std::log(3.0f)}, q{2, 2};
    CHECK(kl_divergence(p, q) == Approx(0.25 * std::log(0.5) + 0.75 * std::log(1.5)));
    CHECK(kl_divergence(q, p) == Approx(0.5 * std::log(2.0) + 0.5 * std::log(2.0 / 3)));
    // A token that is impossible adds nothing.
    const std::vector<float> certain{0, -1e30f};
    CHECK(kl_divergence(certain, std::vector<float>{0, 0}) == Approx(std::log(2.0)));
}

TEST_CASE("entropy is nothing of what is certain, and most of what is all alike") {
    CHECK(entropy(std::vector<float>{3, -1e30f, -1e30f}) == 0);
    CHECK(entropy(std::vector<float>(8, -2.5f)) == Approx(std::log(8.0)));
    const std::vector<float> p{0, std::log(3.0f)};  // 1/4, 3/4
    CHECK(entropy(p) == Approx(0.25 * std::log(4.0) + 0.75 * std::log(4.0 / 3)));
}
