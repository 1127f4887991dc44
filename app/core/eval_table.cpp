#include "app/core/eval_table.h"

#include <algorithm>
#include <cmath>

#include "app/core/eval_format.h"
#include "app/core/eval_label.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using Cells = std::vector<std::string>;

constexpr const char* kNothing = "-";

/// Full reading as a row, from what was measured beside it.
EvalRow full_row(const EvalRow& measured) {
    EvalRow row;
    row.variant.mode = AnswerMode::kFull;
    row.n = measured.n;
    row.f1 = measured.f1_full;
    row.rouge_l = measured.rouge_l_full;
    row.top1_agreement = 1;
    row.exact_match_full = 1;
    row.charged_ratio = 1;
    row.ttft_ms_p50 = measured.ttft_full_ms_p50;
    row.has_references = measured.has_references;
    row.all.f1 = row.f1;
    row.all.rouge_l = row.rouge_l;
    if (!measured.answered) return row;
    row.answered.emplace();
    row.answered->n = measured.answered->n;
    row.answered->f1 = measured.answered->f1 - measured.answered->f1_difference.value;
    row.answered->rouge_l =
        measured.answered->rouge_l - measured.answered->rouge_l_difference.value;
    return row;
}

std::vector<EvalRow> with_full(const std::vector<EvalRow>& measured) {
    std::vector<EvalRow> rows;
    if (!measured.empty()) rows.push_back(full_row(measured.front()));
    for (const EvalRow& row : measured)
        if (row.variant.mode == AnswerMode::kFused) rows.push_back(row);
    return rows;
}

std::string kl_text(const EvalComparison& figures) {
    return significant(figures.kl, 3) + " ± " + significant(figures.kl_se, 2);
}

std::string to_reuse(const EvalComparison& figures) {
    return figures.kl_to_reuse ? ratio_text(*figures.kl_to_reuse) : kNothing;
}

std::string to_baseline(const EvalComparison& figures) {
    if (!figures.kl_to_baseline) return kNothing;
    const BaselineRatio& ratio = *figures.kl_to_baseline;
    return ratio_text(ratio.kl) +
           (ratio.in_range ? "" : " † (at " + percent(std::round(1e3 * ratio.cost) / 1e3) + ")");
}

std::string difference(const EvalRow& row, const Estimate& from_full) {
    return row.variant.mode == AnswerMode::kFull ? kNothing : difference_text(from_full);
}

Cells cells_of(const EvalRow& row, bool has_baseline) {
    const bool is_full = row.variant.mode == AnswerMode::kFull;
    Cells cells{label_of(row.variant), fixed(row.charged_ratio, 3),
                is_full ? "0" : kl_text(row.all), to_reuse(row.all)};
    if (has_baseline) cells.push_back(to_baseline(row.all));
    for (const double kl : {row.kl_p95, row.kl_first}) cells.push_back(significant(kl, 3));
    cells.push_back(fixed(row.top1_agreement, 3));
    cells.push_back(fixed(row.exact_match_full, 2));
    if (row.has_references) {
        const bool some_answered = row.answered && row.answered->n > 0;
        cells.insert(cells.end(),
                     {fixed(row.f1, 3), difference(row, row.all.f1_difference),
                      some_answered ? fixed(row.answered->f1, 3) : kNothing, fixed(row.rouge_l, 3),
                      difference(row, row.all.rouge_l_difference)});
    } else {
        cells.insert(cells.end(), 5, kNothing);
    }
    cells.push_back(fixed(row.ttft_ms_p50, 0));
    return cells;
}

Cells answered_cells_of(const EvalRow& row, bool has_baseline) {
    const EvalComparison& figures = *row.answered;
    const bool is_full = row.variant.mode == AnswerMode::kFull;
    Cells cells{label_of(row.variant), is_full ? "0" : kl_text(figures), to_reuse(figures)};
    if (has_baseline) cells.push_back(to_baseline(figures));
    cells.insert(cells.end(),
                 {fixed(figures.f1, 3), difference(row, figures.f1_difference),
                  fixed(figures.rouge_l, 3), difference(row, figures.rouge_l_difference)});
    return cells;
}

/// Characters on a terminal, of the texts made here.
std::size_t width_of(const std::string& text) { return count_code_points(text); }

std::string padded(const std::string& text, std::size_t width, bool to_the_left) {
    const std::string spaces(width - std::min(width, width_of(text)), ' ');
    return to_the_left ? text + spaces : spaces + text;
}

void append_markdown(std::string& out, const Cells& cells) {
    for (const std::string& cell : cells) out += "| " + cell + " ";
    out += "|\n";
}

}  // namespace

TextTable table_of(const EvalReport& report, const std::string& baseline) {
    TextTable table;
    table.header = {"variant", "charged", "KL ± se", "÷ plain reuse [95 %]"};
    if (!baseline.empty()) table.header.push_back("÷ " + baseline + " [95 %]");
    std::string answered = "F1 of answered";
    if (!report.rows.empty() && report.rows[0].answered)
        answered = "F1 of " + std::to_string(report.rows[0].answered->n) + " answered";
    table.header.insert(table.header.end(),
                        {"KL p95", "KL first", "top-1", "same", "F1", "F1 - full [5 %]", answered,
                         "Rouge-L", "Rouge-L - full [5 %]", "first token ms"});
    for (const EvalRow& row : with_full(report.rows))
        table.rows.push_back(cells_of(row, !baseline.empty()));
    return table;
}

TextTable answered_table_of(const EvalReport& report, const std::string& baseline) {
    TextTable table;
    table.header = {"variant", "KL ± se", "÷ plain reuse [95 %]"};
    if (!baseline.empty()) table.header.push_back("÷ " + baseline + " [95 %]");
    table.header.insert(table.header.end(),
                        {"F1", "F1 - full [5 %]", "Rouge-L", "Rouge-L - full [5 %]"});
    for (const EvalRow& row : with_full(report.rows))
        if (row.answered && row.answered->n > 0)
            table.rows.push_back(answered_cells_of(row, !baseline.empty()));
    return table;
}

std::string to_markdown(const TextTable& table) {
    std::string out;
    append_markdown(out, table.header);
    Cells rule(table.header.size(), "---:");
    rule.front() = "---";
    append_markdown(out, rule);
    for (const Cells& row : table.rows) append_markdown(out, row);
    return out;
}

std::string to_text(const TextTable& table) {
    std::vector<std::size_t> widths;
    for (const std::string& cell : table.header) widths.push_back(width_of(cell));
    for (const Cells& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    std::string out;
    const auto append = [&](const Cells& row) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += (i == 0 ? "" : "  ") + padded(row[i], widths[i], i == 0);
        out += '\n';
    };
    append(table.header);
    for (const Cells& row : table.rows) append(row);
    return out;
}

}  // namespace lectern
