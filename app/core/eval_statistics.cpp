#include "app/core/eval_statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "app/core/eval_metrics.h"

namespace lectern {
namespace {

/// SplitMix64 (Steele, Lea and Flood, 2014): the standard library's distributions differ between
/// platforms.
class SplitMix64 {
  public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

    /// Uniform in [0, n), but for a bias below n ÷ 2³². Pre: 0 < n < 2³².
    std::size_t below(std::size_t n) { return static_cast<std::size_t>((next() >> 32) * n >> 32); }

  private:
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

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
        for (std::size_t i = 0; i < values.size(); ++i) sum += values[random.below(values.size())];
        resampled = sum / static_cast<double>(values.size());
    }
    return {mean(values), quantile(means, options.tail), quantile(means, 1 - options.tail)};
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
