#include "engine/decode/step_costs.h"

#include <algorithm>
#include <cassert>

namespace lectern {
namespace {

/// What another row adds to a step that streams the weights anyway, in steps of one row.
constexpr double kUsualRowCost = 0.1;

double usual(int n_rows) { return 1 + kUsualRowCost * (n_rows - 1); }

}  // namespace

double StepCosts::Times::median() const {
    std::array<double, kSamples> sorted = ms;
    const auto end = sorted.begin() + std::min(n, kSamples);
    std::partial_sort(sorted.begin(), end, end);  // gcc 12 sees sort() leave so small an array
    return sorted[(std::min(n, kSamples) - 1) / 2];
}

void StepCosts::add(int n_rows, double ms) {
    assert(n_rows >= 1 && n_rows <= kMostRows && ms >= 0);
    Times& of = times_[n_rows - 1];
    of.ms[of.n++ % kSamples] = ms;
}

/// 0: nothing was seen.
double StepCosts::one_row_ms() const {
    for (int n = 1; n <= kMostRows; ++n)
        if (times(n).n > 0) return times(n).median() / usual(n);
    return 0;
}

double StepCosts::of(int n_rows) const {
    assert(n_rows >= 1 && n_rows <= kMostRows);
    const double unit = one_row_ms();
    if (unit == 0) return usual(n_rows);
    int below = n_rows, above = n_rows;  // the nearest that were seen
    while (below > 1 && times(below).n == 0) --below;
    while (above <= kMostRows && times(above).n == 0) ++above;
    const double low = times(below).n > 0 ? times(below).median() / unit : 1;
    if (above > kMostRows) return std::max(1.0, low * usual(n_rows) / usual(below));
    const double high = times(above).median() / unit;
    const double part = above == below ? 0 : double(n_rows - below) / (above - below);
    return std::max(1.0, low + (high - low) * part);
}

}  // namespace lectern
