#include "engine/fusion/cache_layout.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace lectern {
namespace {

std::vector<std::int32_t>& rows_of(CacheLayout& layout, SegmentKind kind) {
    if (kind == SegmentKind::kPassage) return layout.passages;
    return kind == SegmentKind::kQuestion ? layout.question : layout.leading;
}

Status check(const KvCache& cache, const PromptSegments& segments) {
    if (segments.empty() || segments.back().kind != SegmentKind::kQuestion ||
        segments.back().ids.empty())
        return fail(ErrorCode::kInvalidArgument, "The question is empty.", "Ask something.");
    std::size_t n = 0;
    for (const PromptSegment& segment : segments) n += segment.ids.size();
    const auto room = static_cast<std::size_t>(cache.capacity() - cache.size());
    if (n > room)
        return fail(ErrorCode::kTooLong,
                    "The prompt has " + std::to_string(n) +
                        " tokens, but the context has room for " + std::to_string(room) + ".",
                    "Give fewer passages or raise the context length.");
    return {};
}

}  // namespace

Result<CacheLayout> append_segments(KvCache& cache, const PromptSegments& segments) {
    LECTERN_TRY(check(cache, segments));
    assert(std::is_sorted(segments.begin(), segments.end(),
                          [](const auto& a, const auto& b) { return a.kind < b.kind; }));
    CacheLayout layout;
    std::int32_t number = cache.size() == 0 ? 0 : cache.rows().back().segment + 1;
    for (const PromptSegment& segment : segments) {
        const bool is_passage = segment.kind == SegmentKind::kPassage;
        const int n = static_cast<int>(segment.ids.size());
        const int begin = cache.append(segment.ids, number++, segment.kind,
                                       is_passage ? RowState::kReused : RowState::kExact);
        for (int row = begin; row < begin + n; ++row) rows_of(layout, segment.kind).push_back(row);
        if (is_passage) layout.passage_begins.push_back(begin);
    }
    return layout;
}

void mark_computed(KvCache& cache, std::span<const std::int32_t> rows) {
    int checked = 0;  // rows below are exact
    for (const std::int32_t row : rows) {
        while (checked < row && cache.rows()[checked].state == RowState::kExact) ++checked;
        cache.set_state(row, checked == row ? RowState::kExact : RowState::kRecomputed);
    }
}

}  // namespace lectern
