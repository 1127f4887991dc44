#include "app/cli/eval_output.h"

#include <cstdio>
#include <utility>

#include "app/core/eval_label.h"
#include "app/core/eval_summary.h"
#include "app/core/eval_table.h"

namespace lectern {
namespace {

using nlohmann::json;

json to_json(const Estimate& estimate) {
    return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

json to_json(const std::optional<Estimate>& estimate) {
    return estimate ? to_json(*estimate) : json();
}

json to_json(const std::optional<BaselineRatio>& ratio) {
    if (!ratio) return {};
    json object = to_json(ratio->kl);
    object["charged_ratio"] = ratio->cost;
    object["in_range"] = ratio->in_range;
    return object;
}

/// A figure that needs reference answers, or null.
json scored(const EvalRow& row, const json& figure) { return row.has_references ? figure : json(); }

/// Null without references; its figures null where full reading answers none.
json answered_json(const std::optional<EvalComparison>& answered) {
    if (!answered) return {};
    const auto figure = [&](json value) { return answered->n > 0 ? std::move(value) : json(); };
    return {{"n", answered->n},
            {"f1", figure(answered->f1)},
            {"f1_difference", figure(to_json(answered->f1_difference))},
            {"rouge_l", figure(answered->rouge_l)},
            {"rouge_l_difference", figure(to_json(answered->rouge_l_difference))},
            {"kl_case", figure(answered->kl)},
            {"kl_case_se", figure(answered->kl_se)},
            {"kl_to_reuse", to_json(answered->kl_to_reuse)},
            {"kl_to_baseline", to_json(answered->kl_to_baseline)}};
}

json to_json(const EvalRow& row) {
    const bool full = row.variant.mode == AnswerMode::kFull;
    return {{"label", label_of(row.variant)},
            {"mode", full                                           ? "full"
                     : row.variant.chunks == ChunkSource::kFullRead ? "stored"
                                                                    : "fused"},
            {"in_document", row.variant.chunks == ChunkSource::kInDocument},
            {"kv_precision", full ? json() : json(name_of(row.variant.kv_format))},
            {"kv_bytes_per_token", row.kv_bytes_per_token},
            {"selector", row.variant.fusion.selector},
            {"correction", row.variant.fusion.correction},
            {"ratio", row.variant.fusion.ratio},
            {"sure_nats", row.variant.fusion.sure_nats},
            {"n", row.n},
            {"f1", scored(row, row.f1)},
            {"f1_full", scored(row, row.f1_full)},
            {"f1_difference", scored(row, to_json(row.all.f1_difference))},
            {"rouge_l", scored(row, row.rouge_l)},
            {"rouge_l_full", scored(row, row.rouge_l_full)},
            {"rouge_l_difference", scored(row, to_json(row.all.rouge_l_difference))},
            {"kl_mean", row.kl_mean},
            {"kl_p95", row.kl_p95},
            {"kl_first", row.kl_first},
            {"kl_case", row.kl_case},
            {"kl_case_se", row.kl_case_se},
            {"kl_to_reuse", to_json(row.all.kl_to_reuse)},
            {"kl_to_baseline", to_json(row.all.kl_to_baseline)},
            {"answered", answered_json(row.answered)},
            {"top1_agreement", row.top1_agreement},
            {"exact_match_full", row.exact_match_full},
            {"charged_ratio", row.charged_ratio},
            {"ttft_ms_p50", row.ttft_ms_p50},
            {"ttft_full_ms_p50", row.ttft_full_ms_p50}};
}

}  // namespace

json eval_json(const EvalReport& report, bool always_rows) {
    json rows = json::array();
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        rows.push_back(to_json(report.rows[i]));
        rows.back()["fidelity"] = report.fidelity.empty() ? json() : json(report.fidelity[i]);
    }
    json out = rows.size() == 1 && !always_rows ? rows.front() : json{{"rows", rows}};
    out["skipped"] = json::array();
    for (const SkippedCase& skipped : report.skipped)
        out["skipped"].push_back({{"case", skipped.number}, {"reason", skipped.reason}});
    if (!report.documents.empty()) out["documents"] = json::array();
    for (const EvalDocument& document : report.documents)
        out["documents"].push_back(
            {{"name", document.name}, {"cases", document.n_cases}, {"reason", document.reason}});
    out["seconds"] = report.seconds;
    return out;
}

void print_eval(const EvalReport& report, const std::string& baseline) {
    std::fputs(to_text(table_of(report, baseline)).c_str(), stdout);
    for (const std::string& line : report.fidelity) std::printf("%s\n", line.c_str());
    for (const KvCost& cost : kv_costs(report))
        std::printf("%s: %.2f KiB of stored KV a token\n", name_of(cost.format).c_str(),
                    cost.bytes_per_token / 1024);
    for (const EvalDocument& document : report.documents)
        if (document.n_cases == 0)
            std::printf("%s gives no case: %s\n", document.name.c_str(), document.reason.c_str());
    for (const SkippedCase& skipped : report.skipped)
        std::printf("case %d left out: %s\n", skipped.number, skipped.reason.c_str());
}

}  // namespace lectern
