// What a step of several rows costs against one of a single row, learnt from the steps taken: it
// differs between machines, models and lengths of context.
#pragma once

#include <array>

namespace lectern {

/// One thread.
class StepCosts {
  public:
    static constexpr int kMostRows = 16;

    /// A step of n_rows, 1 … kMostRows, took ms ≥ 0.
    void add(int n_rows, double ms);
    /// In steps of one row, at least 1. Between and beyond the counts of rows that were seen, and
    /// before any was, it goes by a usual machine.
    double of(int n_rows) const;

  private:
    static constexpr int kSamples = 5;

    /// The last times of steps of one size; their median, so that a step that was held up says
    /// little.
    struct Times {
        std::array<double, kSamples> ms{};
        int n = 0;  ///< of all times
        double median() const;
    };

    const Times& times(int n_rows) const { return times_[n_rows - 1]; }
    double one_row_ms() const;

    std::array<Times, kMostRows> times_{};
};

}  // namespace lectern
