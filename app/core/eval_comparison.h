// A way of reading beside full reading, plain reuse and a baseline, over the same cases.
#pragma once

#include <optional>
#include <vector>

#include "app/core/eval_journal.h"
#include "app/core/eval_statistics.h"

namespace lectern {

/// By case, in the data set's order; the same cases for every way of reading that is compared.
using CaseMeasurements = std::vector<const EvalMeasurement*>;

/// A question counts as answered by full reading from this F1 on.
inline constexpr double kAnsweredF1 = 0.5;

/// The baseline that was compared with.
struct BaselineRatio {
    Estimate kl;      ///< geometric mean of the cases' mean KL ÷ the baseline's; two-sided 95 %
    double cost = 0;  ///< charged cost of the baseline
    bool in_range = true;  ///< false: it was not measured at the variant's cost, but nearest to it
};

/// Means over cases with what their pairing tells. KL in nats, of each case its mean over
/// positions, at least kKlFloor in ratios.
struct EvalComparison {
    int n = 0;  ///< cases
    double f1 = 0, rouge_l = 0;
    Estimate f1_difference;       ///< from full's; one-sided 5 %
    Estimate rouge_l_difference;  ///< from full's; one-sided 5 %
    double kl = 0, kl_se = 0;
    double kl_upper = 0;                  ///< one-sided 5 %
    std::optional<Estimate> kl_to_reuse;  ///< as BaselineRatio::kl; nothing: it was not measured
    std::optional<BaselineRatio> kl_to_baseline;
};

/// What to compare with.
struct EvalReferences {
    CaseMeasurements reuse;                  ///< plain reuse; empty: not measured
    std::vector<CaseMeasurements> baseline;  ///< its measured ratios; empty: no baseline
    /// The baseline's KL is taken at the variant's own charged cost (kl_at_cost); false: as it is.
    bool at_equal_cost = false;
};

template <class Field>
std::vector<double> by_case(const CaseMeasurements& all, Field field) {
    std::vector<double> values;
    for (const EvalMeasurement* m : all) values.push_back(field(*m));
    return values;
}

EvalComparison compare(const CaseMeasurements& own, const EvalReferences& references);

/// The cases whose question full reading answers.
CaseMeasurements answered_by_full(const CaseMeasurements& all);
EvalReferences answered_by_full(const EvalReferences& all);

}  // namespace lectern
