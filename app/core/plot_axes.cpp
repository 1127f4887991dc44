#include "app/core/plot_axes.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace lectern {
namespace {

/// Values that an axis of decades may end at or be labelled with: the i-th of …, 1, 2, 5, 10, 20, …
double round_value(int i) {
    constexpr double kMantissas[] = {1, 2, 5};
    const int decade = i >= 0 ? i / 3 : -((2 - i) / 3);
    return kMantissas[i - 3 * decade] * std::pow(10.0, decade);
}

}  // namespace

PlotAxis PlotAxis::linear(std::span<const double> values, double begin, double end) {
    double high = 0;
    for (const double value : values) high = std::max(high, value);
    constexpr double kSteps[] = {0.01, 0.02, 0.05, 0.1, 0.2};
    const double step = *std::find_if(std::begin(kSteps), std::end(kSteps) - 1,
                                      [&](double s) { return high <= 8 * s; });
    const int n = std::max(static_cast<int>(std::ceil(high / step - 1e-9)), 1);
    PlotAxis axis;
    axis.high_ = n * step;
    axis.begin_ = begin;
    axis.end_ = end;
    for (int i = 0; i <= n; ++i) axis.ticks_.push_back({i * step, true});
    return axis;
}

PlotAxis PlotAxis::logarithmic(std::span<const double> values, double begin, double end) {
    double low = 0, high = 0;
    for (const double value : values) {
        if (value <= 0) continue;
        low = low == 0 ? value : std::min(low, value);
        high = std::max(high, value);
    }
    if (low == 0) low = 0.01, high = 0.1;  // nothing to show
    int first = 3 * static_cast<int>(std::floor(std::log10(low)));
    while (round_value(first + 1) <= low) ++first;
    int last = first + 1;
    while (round_value(last) < high) ++last;

    PlotAxis axis;
    axis.is_logarithmic_ = true;
    axis.low_ = std::log10(round_value(first));
    axis.high_ = std::log10(round_value(last));
    axis.begin_ = begin;
    axis.end_ = end;
    const bool is_dense = last - first > 9;
    for (int i = first; i <= last; ++i)
        axis.ticks_.push_back({round_value(i), !is_dense || (i % 3 + 3) % 3 == 0});
    return axis;
}

double PlotAxis::at(double value) const {
    const double low = is_logarithmic_ ? std::pow(10.0, low_) : low_;
    const double shown = std::max(value, low);
    const double scaled = is_logarithmic_ ? std::log10(shown) : shown;
    const double share = std::clamp((scaled - low_) / (high_ - low_), 0.0, 1.0);
    return begin_ + share * (end_ - begin_);
}

}  // namespace lectern
