#include "app/core/answer_account.h"

#include <string_view>

namespace lectern {
namespace {

constexpr int kTellingRows = 16;  ///< fewer say nothing of the pace of many

/// A phase that a full read does not have.
bool is_of_fusing(std::string_view phase) {
    return phase == "open" || phase == "compute" || phase == name_of(ReadPhase::kWait) ||
           phase == name_of(ReadPhase::kPlace) || phase == name_of(ReadPhase::kProbe) ||
           phase == name_of(ReadPhase::kSelect);
}

TokenState state_of(RowState state) {
    switch (state) {
        case RowState::kRounded:
        case RowState::kReused:
            return TokenState::kReused;
        case RowState::kCorrected:
            return TokenState::kCorrected;
        case RowState::kExact:
        case RowState::kRecomputed:
            return TokenState::kRecomputed;
    }
    return TokenState::kRecomputed;
}

void add(std::vector<TokenRun>& runs, TokenState state) {
    if (runs.empty() || runs.back().state != state) runs.push_back({state, 0});
    ++runs.back().n;
}

}  // namespace

std::string prompt_text(std::span<const CacheRow> rows, const Tokenizer& tokenizer) {
    std::string text;
    for (const CacheRow& row : rows) text += tokenizer.written(row.token);
    return text;
}

std::vector<std::vector<TokenRun>> passage_runs(std::span<const CacheRow> rows) {
    std::vector<std::vector<TokenRun>> passages;
    const CacheRow* before = nullptr;
    for (const CacheRow& row : rows) {
        if (row.kind == SegmentKind::kPassage) {
            const bool goes_on = before != nullptr && before->kind == SegmentKind::kPassage &&
                                 before->segment == row.segment;
            if (!goes_on) passages.emplace_back();
            add(passages.back(), state_of(row.state));
        }
        before = &row;
    }
    return passages;
}

double full_read_ms(const AnswerFigures& figures, const FuseReport& report, int question_rows) {
    const int computed = report.recomputed_rows + question_rows;
    if (computed < kTellingRows || figures.mode == AnswerMode::kFull) return 0;
    double others_ms = 0, computing_ms = 0;
    for (const PhaseTime& phase : figures.phases) {
        if (phase.name == name_of(ReadPhase::kRecompute))
            computing_ms += phase.ms;
        else if (!is_of_fusing(phase.name))
            others_ms += phase.ms;
    }
    if (computing_ms <= 0) return 0;
    return others_ms + computing_ms / computed * (report.reused_rows + computed);
}

}  // namespace lectern
