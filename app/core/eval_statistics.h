// What an evaluation may claim of its cases: differences and ratios of paired measurements, with
// bootstrap intervals that every platform computes alike.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lectern {

/// A figure and the bounds of its interval.
struct Estimate {
    double value = 0;
    double low = 0, high = 0;
};

struct BootstrapOptions {
    int n_resamples = 10'000;
    double tail = 0.025;  ///< share of resamples beyond either bound; 0.025: two-sided 95 %
    std::uint64_t seed = 1;
};

/// One-sided 5 %: an F1 "not lower than full's" is claimed of `low` alone.
inline constexpr BootstrapOptions kOneSided5{.tail = 0.05};
inline constexpr BootstrapOptions kTwoSided95{.tail = 0.025};

/// A case's mean KL counts as at least this many nats where its logarithm is taken: a case that is
/// read as full reads it would else outweigh all others.
inline constexpr double kKlFloor = 1e-6;

/// The sample's standard deviation ÷ √n; 0 for fewer than two values.
double standard_error(std::span<const double> values);

/// The mean of the values with its percentile interval: cases are drawn with replacement. All
/// zeros for no values.
Estimate bootstrap_mean(std::span<const double> values, const BootstrapOptions& options);

/// The share n_yes ÷ n with Wilson's 95 % interval; zeros for n = 0.
Estimate wilson_interval(int n_yes, int n);

/// Mean of a[i] − b[i]. Cases are drawn in pairs. Pre: a.size() == b.size().
Estimate paired_difference(std::span<const double> a, std::span<const double> b,
                           const BootstrapOptions& options);

/// Geometric mean of a[i] ÷ b[i], both at least `floor` > 0. Cases are drawn in pairs; ones for no
/// values. Pre: a.size() == b.size().
Estimate geometric_ratio(std::span<const double> a, std::span<const double> b, double floor,
                         const BootstrapOptions& options);

/// A way of reading measured at one cost.
struct CostPoint {
    double cost = 0;         ///< mean charged cost
    std::vector<double> kl;  ///< by case
};

/// What a family of readings would have at a cost.
struct KlAtCost {
    std::vector<double> kl;  ///< by case, at least the floor
    double cost = 0;         ///< the one asked for, or the nearest that was measured
    bool in_range = true;    ///< false: the cost lies outside of what was measured
};

/// Each case's log KL linear in cost between the two measured costs around `cost`; outside of
/// them the nearest point as it is. Pre: at least one point, the same cases in each.
KlAtCost kl_at_cost(std::vector<CostPoint> points, double cost, double floor);

}  // namespace lectern
