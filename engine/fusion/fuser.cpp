#include "engine/fusion/fuser.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/fusion/cache_layout.h"
#include "engine/fusion/layer_loader.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

Status check_chunks(const KvCache& cache, const PromptSegments& segments,
                    std::span<const std::shared_ptr<const ChunkKv>> chunks) {
    std::size_t i = 0;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        if (i == chunks.size() ||
            static_cast<std::size_t>(chunks[i]->n_tokens()) != segment.ids.size() ||
            chunks[i]->shape() != cache.shape())
            return fail(
                ErrorCode::kCorrupt,
                "The stored KV of passage " + std::to_string(i + 1) + " does not belong to it.",
                "It can be computed again.");
        ++i;
    }
    if (i != chunks.size())
        return fail(ErrorCode::kInvalidArgument, "There are more stored chunks than passages.");
    return {};
}

/// The first passage behind nothing but the prefix needs no choice: that is what its chunk was
/// computed behind.
void mark_first_passage(KvCache& cache, const CacheLayout& layout) {
    if (layout.passages.empty()) return;
    const int begin = layout.passages.front();
    const auto rows = cache.rows();
    const bool is_behind_prefix =
        std::all_of(rows.begin(), rows.begin() + begin, [](const CacheRow& row) {
            return row.kind == SegmentKind::kPrefix && row.state == RowState::kExact;
        });
    if (!is_behind_prefix) return;
    const auto [first, end] = cache.segment_rows(rows[begin].segment);
    for (int row = first; row < end; ++row) cache.set_state(row, RowState::kRounded);
}

std::vector<std::int32_t> unsettled_rows(const KvCache& cache, const CacheLayout& layout) {
    std::vector<std::int32_t> rows;
    std::copy_if(layout.passages.begin(), layout.passages.end(), std::back_inserter(rows),
                 [&](std::int32_t row) { return !is_settled(cache.rows()[row].state); });
    return rows;
}

/// Charged cost (design.md, decision 8): the multiply-adds of weight products done for passage rows
/// and for question rows beyond one pass, over those of one full pass of all passage rows.
double charged_ratio(const Transformer& model, const WorkCounter& before,
                     const CacheLayout& layout) {
    if (layout.passages.empty()) return 0;
    const WorkCounter& now = model.work();
    const std::int64_t one_pass =  // its last row alone goes on to the logits
        model.kv_row_cost() * static_cast<std::int64_t>(layout.question.size() - 1) +
        model.row_cost();
    const std::int64_t charged =
        now.passage - before.passage + now.question - before.question - one_pass;
    const std::int64_t full =
        model.kv_row_cost() * static_cast<std::int64_t>(layout.passages.size());
    return static_cast<double>(charged) / static_cast<double>(full);
}

void take_times(PhaseClock& clock, FuseReport& report) {
    const auto of = [&](ReadPhase phase) { return report.phases[static_cast<std::size_t>(phase)]; };
    report.phases = clock.read();
    report.load_ms = of(ReadPhase::kWait) + of(ReadPhase::kPlace);
    report.fuse_ms = std::accumulate(report.phases.begin(), report.phases.end(), 0.0);
}

/// The pass that ends every reading: `passage_rows` of the passages and the question, ascending.
/// Sets their states.
Result<std::vector<float>> run_last_pass(Transformer& model, Activations& activations,
                                         KvCache& cache, const CacheLayout& layout,
                                         std::vector<std::int32_t> rows, const LayerHooks& hooks,
                                         PhaseClock& clock, const std::stop_token& stop) {
    const PhaseClock::Scope recomputing = clock.in(ReadPhase::kRecompute);
    rows.insert(rows.end(), layout.question.begin(), layout.question.end());
    LECTERN_ASSIGN(const int last, run_pass({model, activations, cache, rows, stop, 1}, hooks));
    mark_computed(cache, rows);
    std::vector<float> logits(static_cast<std::size_t>(model.config().vocab_size));
    const PhaseClock::Scope at_logits = clock.in(ReadPhase::kLogits);
    model.logits(activations, last, logits);
    return logits;
}

Status read_leading(Transformer& model, Activations& activations, KvCache& cache,
                    const CacheLayout& layout, PhaseClock& clock, const std::stop_token& stop) {
    const PhaseClock::Scope leading = clock.in(ReadPhase::kLeading);
    LECTERN_TRY(run_pass({model, activations, cache, layout.leading, stop}));
    mark_computed(cache, layout.leading);
    return {};
}

/// The ranked rows and the question, the other rows corrected on the way: the logits of the
/// question's last row.
Result<std::vector<float>> recompute(const SelectionContext& context, RowCorrection& correction,
                                     std::span<const std::int32_t> ranked) {
    std::vector<std::int32_t> chosen(ranked.begin(), ranked.end());
    std::sort(chosen.begin(), chosen.end());
    const SelectionContext& c = context;
    assert(std::includes(c.layout.passages.begin(), c.layout.passages.end(), chosen.begin(),
                         chosen.end()));
    LayerHooks hooks;
    if (correction.leaves_rows(chosen.size())) {
        const std::size_t n_rows = chosen.size() + c.layout.question.size();
        LECTERN_TRY(
            c.activations.reserve(c.model.backend(), c.model.config(), static_cast<int>(n_rows)));
        correction.begin_pass(chosen);
        hooks.projected = [&](int layer, const RowBlock&) {
            return correction.place(layer, c.activations);
        };
    } else {
        hooks.before = [&](int layer) { return c.placed.require(layer); };
    }
    return run_last_pass(c.model, c.activations, c.cache, c.layout, std::move(chosen), hooks,
                         c.clock, c.stop);
}

int rows_of_share(double share, const CacheLayout& layout, std::size_t at_most) {
    const auto wanted = std::llround(share * static_cast<double>(layout.passages.size()));
    return static_cast<int>(std::clamp<long long>(wanted, 0, static_cast<long long>(at_most)));
}

Result<std::vector<std::int32_t>> rank_rows(const SelectionContext& context,
                                            TokenSelector& selector) {
    const PhaseClock::Scope probing = context.clock.in(ReadPhase::kProbe);
    return selector.rank(context);
}

}  // namespace

Status read_prefix(Transformer& model, Activations& activations, KvCache& cache,
                   std::span<const TokenId> prefix, const std::stop_token& stop) {
    assert(cache.size() == 0);
    if (prefix.size() > static_cast<std::size_t>(cache.capacity()))
        return fail(ErrorCode::kTooLong,
                    "The instructions to the model do not fit into the context.");
    CacheRollback rollback(cache);
    cache.append(prefix, 0, SegmentKind::kPrefix, RowState::kExact);
    LECTERN_TRY(run_pass({model, activations, cache, consecutive_rows(0, cache.size()), stop}));
    rollback.keep();
    return {};
}

Result<FuseReport> read_full(Transformer& model, Activations& activations, KvCache& cache,
                             const PromptSegments& segments, std::stop_token stop) {
    PhaseClock clock;
    const WorkCounter before = model.work();
    CacheRollback rollback(cache);
    LECTERN_ASSIGN(const CacheLayout layout, append_segments(cache, segments));
    LECTERN_TRY(read_leading(model, activations, cache, layout, clock, stop));

    FuseReport report;
    LECTERN_ASSIGN(report.logits, run_last_pass(model, activations, cache, layout, layout.passages,
                                                {}, clock, stop));
    report.recomputed_rows = static_cast<int>(layout.passages.size());
    report.charged_ratio = charged_ratio(model, before, layout);
    take_times(clock, report);
    rollback.keep();
    return report;
}

Result<FuseReport> read_fused(Transformer& model, Activations& activations, KvCache& cache,
                              const PromptSegments& segments,
                              std::span<const std::shared_ptr<const ChunkKv>> chunks,
                              TokenSelector& selector, const FuseOptions& options,
                              std::stop_token stop) {
    assert(options.sure_nats == 0 || selector.reads_question());
    PhaseClock clock;
    const WorkCounter before = model.work();
    LECTERN_TRY(check_chunks(cache, segments, chunks));
    LayerLoader loader({chunks.begin(), chunks.end()}, model.config().n_layers);
    CacheRollback rollback(cache);
    LECTERN_ASSIGN(const CacheLayout layout, append_segments(cache, segments));
    PlacedChunks placed(loader, cache, model.config(), layout.passage_begins, clock, stop);
    LECTERN_TRY(read_leading(model, activations, cache, layout, clock, stop));
    mark_first_passage(cache, layout);

    const std::vector<std::int32_t> candidates = unsettled_rows(cache, layout);
    const SelectionContext context{
        .model = model,
        .activations = activations,
        .cache = cache,
        .placed = placed,
        .clock = clock,
        .layout = layout,
        .candidates = candidates,
        .budget = rows_of_share(options.ratio, layout, candidates.size()),
        .sure_nats = options.sure_nats,
        .seed = options.seed,
        .stop = stop};
    LECTERN_ASSIGN(const std::vector<std::int32_t> ranked, rank_rows(context, selector));
    LECTERN_ASSIGN(RowCorrection correction,
                   RowCorrection::create(options.correction, cache, placed, layout, candidates));
    FuseReport report;
    LECTERN_ASSIGN(report.logits, recompute(context, correction, ranked));
    for (const std::int32_t row : correction.corrected_rows())
        if (cache.rows()[row].state == RowState::kReused)
            cache.set_state(row, RowState::kCorrected);
    report.recomputed_rows = static_cast<int>(ranked.size());
    report.reused_rows = static_cast<int>(layout.passages.size()) - report.recomputed_rows;
    report.charged_ratio = charged_ratio(model, before, layout);
    take_times(clock, report);
    rollback.keep();
    return report;
}

}  // namespace lectern
