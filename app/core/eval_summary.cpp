#include "app/core/eval_summary.h"

#include <algorithm>
#include <utility>

#include "app/core/eval_label.h"
#include "app/core/eval_metrics.h"
#include "engine/base/listed.h"

namespace lectern {
namespace {

template <class Field>
double mean_of(const CaseMeasurements& all, Field field) {
    return mean(by_case(all, field));
}

template <class Field>
double median_of(const CaseMeasurements& all, Field field) {
    return quantile(by_case(all, field), 0.5);
}

EvalReferences references_of(std::span<const EvalSeries> series, const std::string& baseline) {
    EvalReferences references;
    for (const EvalSeries& one : series) {
        if (one.variant.mode == AnswerMode::kFull) continue;
        if (is_plain_reuse(one.variant) && references.reuse.empty()) references.reuse = one.cases;
        if (!baseline.empty() && label_of(one.variant) == baseline && references.baseline.empty())
            references.baseline = {one.cases};
    }
    if (baseline.empty() || !references.baseline.empty()) return references;
    references.at_equal_cost = true;
    for (const EvalSeries& one : series)
        if (one.variant.mode == AnswerMode::kFused && family_of(one.variant) == baseline)
            references.baseline.push_back(one.cases);
    return references;
}

/// What the comparison does not have.
void add_means(EvalRow& row, const CaseMeasurements& all) {
    row.f1_full = mean_of(all, [](const auto& m) { return m.f1_full; });
    row.rouge_l_full = mean_of(all, [](const auto& m) { return m.rouge_l_full; });
    row.kl_first = mean_of(all, [](const auto& m) { return m.kl.front(); });
    row.exact_match_full = mean_of(all, [](const auto& m) { return m.same_answer ? 1.0 : 0.0; });
    row.charged_ratio = mean_of(all, [](const auto& m) { return m.charged_ratio; });
    row.ttft_ms_p50 = median_of(all, [](const auto& m) { return m.ttft_ms; });
    row.ttft_full_ms_p50 = median_of(all, [](const auto& m) { return m.ttft_full_ms; });

    std::vector<double> kl, same_top1;
    for (const EvalMeasurement* m : all) {
        kl.insert(kl.end(), m->kl.begin(), m->kl.end());
        same_top1.insert(same_top1.end(), m->same_top1.begin(), m->same_top1.end());
    }
    row.kl_mean = mean(kl);
    row.kl_p95 = quantile(std::move(kl), 0.95);
    row.top1_agreement = mean(same_top1);
}

}  // namespace

Status check_baseline(std::span<const EvalVariant> variants, const std::string& baseline) {
    if (baseline.empty()) return {};
    std::vector<std::string> labels;
    for (const EvalVariant& variant : variants) {
        if (variant.mode == AnswerMode::kFull) continue;
        labels.push_back(label_of(variant));
        if (labels.back() == baseline || family_of(variant) == baseline) return {};
    }
    return fail(ErrorCode::kInvalidArgument, "The baseline \"" + baseline +
                                                 "\" is not among the ways of reading measured (" +
                                                 listed(labels) + ").");
}

std::vector<KvCost> kv_costs(const EvalReport& report) {
    std::vector<KvCost> costs;
    for (const EvalRow& row : report.rows) {
        const KvFormat format = row.variant.kv_format;
        const bool is_new = std::none_of(costs.begin(), costs.end(),
                                         [&](const KvCost& cost) { return cost.format == format; });
        if (row.variant.mode == AnswerMode::kFused && is_new)
            costs.push_back({format, row.kv_bytes_per_token});
    }
    return costs;
}

std::vector<EvalRow> summarise(std::span<const EvalSeries> series, const std::string& baseline,
                               bool has_references) {
    const EvalReferences references = references_of(series, baseline);
    const EvalReferences answered = answered_by_full(references);
    std::vector<EvalRow> rows;
    for (const EvalSeries& one : series) {
        const bool is_fused = one.variant.mode == AnswerMode::kFused;
        EvalRow row;
        row.variant = one.variant;
        row.has_references = has_references;
        row.all = compare(one.cases, is_fused ? references : EvalReferences{});
        row.n = row.all.n;
        row.f1 = row.all.f1;
        row.rouge_l = row.all.rouge_l;
        row.kl_case = row.all.kl;
        row.kl_case_se = row.all.kl_se;
        add_means(row, one.cases);
        if (has_references)
            row.answered =
                compare(answered_by_full(one.cases), is_fused ? answered : EvalReferences{});
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace lectern
