#include "app/core/eval_comparison.h"

#include <algorithm>
#include <utility>

#include "app/core/eval_metrics.h"

namespace lectern {
namespace {

std::vector<double> kl_of(const CaseMeasurements& all) {
    return by_case(all, [](const EvalMeasurement& m) { return mean(m.kl); });
}

double cost_of(const CaseMeasurements& all) {
    return mean(by_case(all, [](const EvalMeasurement& m) { return m.charged_ratio; }));
}

BaselineRatio ratio_to_baseline(const CaseMeasurements& own, const EvalReferences& references) {
    std::vector<CostPoint> points;
    for (const CaseMeasurements& measured : references.baseline)
        points.push_back({cost_of(measured), kl_of(measured)});
    const double cost = references.at_equal_cost ? cost_of(own) : points.front().cost;
    const KlAtCost baseline = kl_at_cost(std::move(points), cost, kKlFloor);
    return {geometric_ratio(kl_of(own), baseline.kl, kKlFloor, kTwoSided95), baseline.cost,
            baseline.in_range};
}

}  // namespace

EvalComparison compare(const CaseMeasurements& own, const EvalReferences& references) {
    const auto f1 = by_case(own, [](const auto& m) { return m.f1; });
    const auto rouge_l = by_case(own, [](const auto& m) { return m.rouge_l; });
    const std::vector<double> kl = kl_of(own);
    EvalComparison out;
    out.n = static_cast<int>(own.size());
    out.f1 = mean(f1);
    out.rouge_l = mean(rouge_l);
    out.f1_difference =
        paired_difference(f1, by_case(own, [](const auto& m) { return m.f1_full; }), kOneSided5);
    out.rouge_l_difference = paired_difference(
        rouge_l, by_case(own, [](const auto& m) { return m.rouge_l_full; }), kOneSided5);
    out.kl = mean(kl);
    out.kl_se = standard_error(kl);
    out.kl_upper = bootstrap_mean(kl, kOneSided5).high;
    if (own.empty()) return out;
    if (!references.reuse.empty())
        out.kl_to_reuse = geometric_ratio(kl, kl_of(references.reuse), kKlFloor, kTwoSided95);
    if (!references.baseline.empty()) out.kl_to_baseline = ratio_to_baseline(own, references);
    return out;
}

CaseMeasurements answered_by_full(const CaseMeasurements& all) {
    CaseMeasurements answered;
    std::copy_if(all.begin(), all.end(), std::back_inserter(answered),
                 [](const EvalMeasurement* m) { return m->f1_full >= kAnsweredF1; });
    return answered;
}

EvalReferences answered_by_full(const EvalReferences& all) {
    EvalReferences answered{answered_by_full(all.reuse), {}, all.at_equal_cost};
    for (const CaseMeasurements& measured : all.baseline)
        answered.baseline.push_back(answered_by_full(measured));
    return answered;
}

}  // namespace lectern
