// What is told of an answer's making, from rows and times made up here.
#include "app/core/answer_account.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

CacheRow row(int segment, SegmentKind kind, RowState state) { return {0, 0, segment, kind, state}; }

AnswerFigures fused_figures() {
    AnswerFigures figures;
    figures.phases = {
        {"retrieve", 20}, {"open", 5}, {"place", 40}, {"recompute", 100}, {"rest", 1}};
    return figures;
}

}  // namespace

TEST_CASE("passages' tokens are told as runs, each passage's apart") {
    const std::vector<CacheRow> rows{
        row(0, SegmentKind::kPrefix, RowState::kExact),
        row(1, SegmentKind::kPassage, RowState::kRounded),
        row(1, SegmentKind::kPassage, RowState::kReused),
        row(1, SegmentKind::kPassage, RowState::kRecomputed),
        row(2, SegmentKind::kPassage, RowState::kCorrected),
        row(3, SegmentKind::kQuestion, RowState::kRecomputed),
        row(2, SegmentKind::kPassage, RowState::kExact),
    };
    const auto runs = passage_runs(rows);
    REQUIRE(runs.size() == 3);
    CHECK(runs[0] == std::vector<TokenRun>{{TokenState::kReused, 2}, {TokenState::kRecomputed, 1}});
    CHECK(runs[1] == std::vector<TokenRun>{{TokenState::kCorrected, 1}});
    CHECK(runs[2] == std::vector<TokenRun>{{TokenState::kRecomputed, 1}});
}

TEST_CASE("a full read is estimated at the pace of the rows that were computed") {
    FuseReport report;
    report.reused_rows = 900;
    report.recomputed_rows = 70;
    // 100 ms for 100 rows: 1 ms a row, 1,000 rows; what fusing alone takes is not part of it.
    CHECK(full_read_ms(fused_figures(), report, 30) == Approx(20 + 1 + 1000));
}

TEST_CASE("no full read is made up where nothing tells its pace") {
    FuseReport report;
    report.reused_rows = 900;
    CHECK(full_read_ms(fused_figures(), report, 15) == 0);
    AnswerFigures full = fused_figures();
    full.mode = AnswerMode::kFull;
    CHECK(full_read_ms(full, report, 30) == 0);
    CHECK(full_read_ms({}, report, 30) == 0);
}
