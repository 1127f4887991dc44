#include "app/core/eval_statistics.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

/// The means of all nⁿ ways to draw n of n values.
std::vector<double> all_resampled_means(const std::vector<double>& values) {
    const std::size_t n = values.size();
    std::size_t n_ways = 1;
    for (std::size_t i = 0; i < n; ++i) n_ways *= n;
    std::vector<double> means;
    for (std::size_t way = 0; way < n_ways; ++way) {
        double sum = 0;
        for (std::size_t i = 0, rest = way; i < n; ++i, rest /= n) sum += values[rest % n];
        means.push_back(sum / static_cast<double>(n));
    }
    return means;
}

double share_below(const std::vector<double>& means, double bound) {
    const auto n = std::count_if(means.begin(), means.end(), [&](double m) { return m < bound; });
    return static_cast<double>(n) / static_cast<double>(means.size());
}

}  // namespace

TEST_CASE("differences, ratios and their errors are what one counts by hand") {
    const std::vector<double> a{1, 0.5, 0}, b{0.5, 0.5, 0.5};
    CHECK(paired_difference(a, b, kOneSided5).value == Approx(0));
    // Deviations 0.5, 0, −0.5: variance 0.25 over three values.
    CHECK(standard_error(a) == Approx(std::sqrt(0.25 / 3)));
    CHECK(standard_error(std::vector<double>{3}) == 0);

    // 1/4 and 1: the geometric mean is 1/2.
    const Estimate ratio = geometric_ratio(std::vector<double>{0.1, 0.2},
                                           std::vector<double>{0.4, 0.2}, 1e-6, kTwoSided95);
    CHECK(ratio.value == Approx(0.5));
    CHECK(ratio.low == Approx(0.25));  // a quarter of the resamples draw the first case twice
    CHECK(ratio.high == Approx(1));
    // A case without any divergence counts as one at the floor.
    CHECK(geometric_ratio(std::vector<double>{0, 0.2}, std::vector<double>{0.01, 0.2}, 1e-4,
                          kTwoSided95)
              .value == Approx(0.1));
    CHECK(
        geometric_ratio(std::vector<double>{0}, std::vector<double>{0}, 1e-6, kTwoSided95).value ==
        1);
}

TEST_CASE("an interval of equal values is the value, one of no values is empty") {
    const Estimate equal = bootstrap_mean(std::vector<double>{0.25, 0.25, 0.25}, kTwoSided95);
    CHECK(equal.value == 0.25);
    CHECK(equal.low == 0.25);
    CHECK(equal.high == 0.25);
    CHECK(bootstrap_mean({}, kTwoSided95).value == 0);
    CHECK(geometric_ratio({}, {}, 1e-6, kTwoSided95).high == 1);
}

TEST_CASE("an interval's bounds cut the tails off the distribution of all resamples") {
    const std::vector<double> values{0.02, 0.11, 0.29, 0.47, 1.3};
    const std::vector<double> means = all_resampled_means(values);
    for (const double tail : {0.025, 0.05, 0.2}) {
        INFO(tail);
        const Estimate estimate =
            bootstrap_mean(values, {.n_resamples = 40'000, .tail = tail, .seed = 7});
        // A bound may be one of the 126 different means, which takes its share at once. Sampling
        // error: √(0.2 · 0.8 ÷ 40,000) = 0.002.
        for (const auto& [bound, share] :
             {std::pair(estimate.low, tail), std::pair(estimate.high, 1 - tail)}) {
            CHECK(share_below(means, bound - 1e-9) < share + 0.006);
            CHECK(share_below(means, bound + 1e-9) > share - 0.006);
        }
    }
}

TEST_CASE("an interval is the same in every run, and with another seed nearly so") {
    std::vector<double> values;
    for (int i = 0; i < 50; ++i) values.push_back(std::sin(i) * std::sin(i));
    const Estimate one = bootstrap_mean(values, kTwoSided95);
    const Estimate again = bootstrap_mean(values, kTwoSided95);
    CHECK(one.low == again.low);
    CHECK(one.high == again.high);
    const Estimate other = bootstrap_mean(values, {.seed = 2});
    CHECK(other.low != one.low);
    CHECK(other.low == Approx(one.low).margin(0.01));
    CHECK(other.high == Approx(one.high).margin(0.01));
}

TEST_CASE("intervals hold the true mean as often as they say") {
    // Of 60 differences percentile intervals hold about 94 %; 600 trials tell it to 1 %.
    std::mt19937 random(11);
    std::normal_distribution<double> normal;
    constexpr int kTrials = 600;
    int n_held = 0, n_below = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
        std::vector<double> a, b;
        for (int i = 0; i < 60; ++i) {
            const double level = 3 * normal(random);  // shared by the pair: cancels
            a.push_back(level + normal(random));
            b.push_back(level);
        }
        const Estimate e =
            paired_difference(a, b, {.n_resamples = 2'000, .tail = 0.025, .seed = 3});
        n_held += e.low <= 0 && 0 <= e.high ? 1 : 0;
        n_below += e.low <= 0 ? 1 : 0;
    }
    CHECK(n_held / double{kTrials} > 0.91);
    CHECK(n_held / double{kTrials} < 0.98);
    CHECK(n_below / double{kTrials} > 0.96);
}

TEST_CASE("a baseline's KL at a cost lies on the straight line of its logarithm") {
    const std::vector<CostPoint> points{{0.3, {0.01, 0.5}}, {0.1, {1, 0.5}}, {0.2, {0.1, 0.5}}};
    const KlAtCost between = kl_at_cost(points, 0.15, 1e-6);
    CHECK(between.in_range);
    CHECK(between.cost == 0.15);
    CHECK(between.kl[0] == Approx(std::sqrt(1 * 0.1)));
    CHECK(between.kl[1] == Approx(0.5));
    CHECK(kl_at_cost(points, 0.275, 1e-6).kl[0] == Approx(std::pow(10, -1.75)));

    const KlAtCost measured = kl_at_cost(points, 0.2, 1e-6);
    CHECK(measured.in_range);
    CHECK(measured.kl[0] == Approx(0.1));

    const KlAtCost cheaper = kl_at_cost(points, 0.05, 1e-6);
    CHECK_FALSE(cheaper.in_range);
    CHECK(cheaper.cost == 0.1);
    CHECK(cheaper.kl[0] == Approx(1));
    const KlAtCost dearer = kl_at_cost(points, 0.9, 0.02);
    CHECK_FALSE(dearer.in_range);
    CHECK(dearer.cost == 0.3);
    CHECK(dearer.kl[0] == Approx(0.02));  // the floor

    const KlAtCost only = kl_at_cost({{0.1, {0.3}}}, 0.1, 1e-6);
    CHECK(only.in_range);
    CHECK(only.kl[0] == Approx(0.3));
}

TEST_CASE("Wilson's interval is the textbook's and stays within 0 and 1") {
    const Estimate most = wilson_interval(18, 20);
    CHECK(most.value == Approx(0.9));
    CHECK(most.low == Approx(0.6990).margin(5e-5));
    CHECK(most.high == Approx(0.9721).margin(5e-5));
    const Estimate all = wilson_interval(10, 10);
    CHECK(all.low == Approx(0.7225).margin(5e-5));
    CHECK(all.high == Approx(1.0));
    CHECK(wilson_interval(0, 0).high == 0);
}
