// Axes of the evaluation's plot: values → pixels, and where ticks stand.
#pragma once

#include <span>
#include <vector>

namespace lectern {

struct Tick {
    double value = 0;
    bool has_label = true;
};

/// [low, high] → [begin, end] in pixels, linear or by logarithm. Values outside stand at the ends.
class PlotAxis {
  public:
    /// From 0 to the next whole step above every value. `begin` < `end`.
    static PlotAxis linear(std::span<const double> values, double begin, double end);
    /// From the next of 1, 2, 5 · 10ᵏ below every value to the next above; values ≤ 0 do not count.
    static PlotAxis logarithmic(std::span<const double> values, double begin, double end);

    double at(double value) const;
    double low() const { return low_; }
    double high() const { return high_; }
    const std::vector<Tick>& ticks() const { return ticks_; }

  private:
    double low_ = 0, high_ = 1;
    double begin_ = 0, end_ = 1;
    bool is_logarithmic_ = false;
    std::vector<Tick> ticks_;
};

}  // namespace lectern
