#include "app/core/eval_statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "app/core/eval_metrics.h"
#include "engine/base/split_mix64.h"

namespace lectern {
namespace {

/// Uniform in [0, n), but for a bias below n ÷ 2³². Pre: 0 < n < 2³².
std::size_t draw_below(SplitMix64& random, std::size_t n) {
    return static_cast<std::size_t>((random.next() >> 32) * n >> 32);
}

std::vector<double> log_floored(std::span<const double> values, double floor) {
    std::vector<double> logs;
    for (const double value : values) logs.push_back(std::log(std::max(value, floor)));
    return logs;
}

}  // namespace

double standard_error(std::span<const double> values) {
    if (values.size() < 2) return 0;
    const double centre = mean(values);
    double squares = 0;
    for (const double value : values) squares += (value - centre) * (value - centre);
    const auto n = static_cast<double>(values.size());
    return std::sqrt(squares / (n - 1) / n);
}

Estimate bootstrap_mean(std::span<const double> values, const BootstrapOptions& options) {
    if (values.empty()) return {};
    SplitMix64 random(options.seed);
    std::vector<double> means(static_cast<std::size_t>(options.n_resamples));
    for (double& resampled : means) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += values[draw_below(random, values.size())];
        resampled = sum / static_cast<double>(values.size());
    }
    return {mean(values), quantile(means, options.tail), quantile(means, 1 - options.tail)};
}

Estimate wilson_interval(int n_yes, int n) {
    if (n == 0) return {};
    constexpr double kZ = 1.959964;  // the normal distribution's 97.5 % quantile
    const double share = static_cast<double>(n_yes) / n, z2 = kZ * kZ / n;
    const double middle = (share + z2 / 2) / (1 + z2);
    const double half = kZ / (1 + z2) * std::sqrt(share * (1 - share) / n + z2 / (4 * n));
    return {share, middle - half, middle + half};
}

Estimate paired_difference(std::span<const double> a, std::span<const double> b,
                           const BootstrapOptions& options) {
    assert(a.size() == b.size());
    std::vector<double> differences;
    for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
    return bootstrap_mean(differences, options);
}

Estimate geometric_ratio(std::span<const double> a, std::span<const double> b, double floor,
                         const BootstrapOptions& options) {
    assert(floor > 0);
    const Estimate log_ratio =
        paired_difference(log_floored(a, floor), log_floored(b, floor), options);
    return {std::exp(log_ratio.value), std::exp(log_ratio.low), std::exp(log_ratio.high)};
}

KlAtCost kl_at_cost(std::vector<CostPoint> points, double cost, double floor) {
    assert(!points.empty() && floor > 0);
    std::stable_sort(points.begin(), points.end(),
                     [](const CostPoint& a, const CostPoint& b) { return a.cost < b.cost; });
    KlAtCost at;
    at.cost = std::clamp(cost, points.front().cost, points.back().cost);
    at.in_range = at.cost == cost;
    const auto above = std::find_if(points.begin(), points.end(),
                                    [&](const CostPoint& point) { return point.cost >= at.cost; });
    const auto below = above->cost == at.cost ? above : above - 1;
    const double share = above == below ? 0 : (at.cost - below->cost) / (above->cost - below->cost);
    const std::vector<double> low = log_floored(below->kl, floor);
    const std::vector<double> high = log_floored(above->kl, floor);
    for (std::size_t i = 0; i < low.size(); ++i)
        at.kl.push_back(std::exp(low[i] + share * (high[i] - low[i])));
    return at;
}

}  // namespace lectern
