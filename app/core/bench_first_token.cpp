#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/core/answer_flow.h"
#include "app/core/bench_files.h"
#include "app/core/bench_run.h"
#include "app/core/bench_stored_prompt.h"
#include "app/core/eval_metrics.h"
#include "app/core/stopwatch.h"
#include "engine/fusion/fidelity.h"

namespace lectern {
namespace {

/// What came of one way's runs, the unmeasured first one included.
struct Runs {
    std::vector<std::vector<PhaseTime>> phases;
    std::vector<std::int64_t> from_disk_bytes;
    FuseReport last;
};

Status note_full(StoredPrompt& prompt, Runs& runs, std::stop_token stop) {
    LECTERN_ASSIGN(FuseReport report, prompt.read_in_full(stop));
    runs.phases.push_back(phase_times(report.phases));
    runs.from_disk_bytes.push_back(0);
    runs.last = std::move(report);
    return {};
}

Status note_fused(StoredPrompt& prompt, const FusionSettings& settings, Runs& runs,
                  std::stop_token stop) {
    const std::int64_t before = bytes_read_from_disk();
    LECTERN_ASSIGN(StoredPrompt::FusedRead read, prompt.read_fused(settings, stop));
    std::vector<PhaseTime> phases{{"open", read.open_ms}};
    for (PhaseTime& phase : phase_times(read.report.phases)) phases.push_back(std::move(phase));
    runs.phases.push_back(std::move(phases));
    runs.from_disk_bytes.push_back(bytes_read_from_disk() - before);
    runs.last = std::move(read.report);
    return {};
}

/// The phases of the run that stands for the row; what they leave of it is "rest".
void take_phases(BenchRow& row, const Runs& runs) {
    const auto at = static_cast<std::size_t>(std::find(row.ms.begin(), row.ms.end(), row.ms_p50) -
                                             row.ms.begin());
    row.phases = runs.phases[at + 1];
    double rest = row.ms_p50;
    for (const PhaseTime& phase : row.phases) rest -= phase.ms;
    row.phases.push_back({"rest", rest});
    row.figures.push_back({"from_disk_bytes", static_cast<double>(runs.from_disk_bytes[at + 1])});
}

void compare(BenchRow& row, const Runs& full, const Runs& fused) {
    const double kl = kl_divergence(full.last.logits, fused.last.logits);
    const bool same = top_token(full.last.logits) == top_token(fused.last.logits);
    row.figures.push_back({"kl_to_full", kl});
    row.figures.push_back({"same_top_token", same ? 1.0 : 0.0});
    char text[128];
    std::snprintf(text, sizeof text, "charged %.1f %%, KL to the full read %.2g, %s first token",
                  100 * fused.last.charged_ratio, kl, same ? "the same" : "another");
    row.note = text;
}

Status dump(const std::filesystem::path& path, const std::vector<TokenId>& ids, const Runs& full,
            const Runs& fused) {
    std::ofstream file(path);
    file << nlohmann::json{
        {"ids", ids}, {"full_logits", full.last.logits}, {"fused_logits", fused.last.logits}};
    file.close();
    if (!file) return fail(ErrorCode::kIo, "Cannot write " + path.string() + ".");
    return {};
}

}  // namespace

Result<std::vector<BenchRow>> bench_ttft(const std::filesystem::path& model,
                                         const BenchOptions& options, std::stop_token stop) {
    if (!options.dump.empty() && !options.with_full)
        return fail(ErrorCode::kInvalidArgument, "The dump holds the full read's logits, too.",
                    "Leave --no-full away.");
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    const BenchFolder folder(options.kv_dir);
    LECTERN_ASSIGN(const std::unique_ptr<StoredPrompt> prompt,
                   StoredPrompt::create(*session, options.n_tokens, folder.path(), 0, stop));
    Runs full, warm, cold;
    std::vector<BenchRow> rows;
    std::vector<Measured> measured;
    std::vector<Runs*> runs;
    const std::string device = session->model().backend().description();
    const auto add = [&](std::string what, Runs& of, Measured measure) {
        rows.push_back(new_row("first token, " + std::move(what), model, options, device));
        measured.push_back(std::move(measure));
        runs.push_back(&of);
    };
    if (options.with_full)
        add("full read", full,
            {[] { return Status{}; }, [&] { return note_full(*prompt, full, stop); }});
    add("fused, warm", warm,
        {[&] { return bring_into_page_cache(folder.path()); },
         [&] { return note_fused(*prompt, options.fusion, warm, stop); }});
    add("fused, cold", cold,
        {[&] { return drop_from_page_cache(folder.path()); },
         [&] { return note_fused(*prompt, options.fusion, cold, stop); }});

    LECTERN_TRY(measure(rows, measured, options.repeat));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].n_tokens = prompt->n_tokens();
        summarise(rows[i], rows[i].n_tokens);
        take_phases(rows[i], *runs[i]);
        rows[i].figures.push_back({"charged_ratio", runs[i]->last.charged_ratio});
        if (options.with_full && runs[i] != &full) compare(rows[i], full, *runs[i]);
    }
    if (warm.last.logits != cold.last.logits)
        return fail(ErrorCode::kInternal, "What was in memory has changed the first token.");
    if (!options.dump.empty()) LECTERN_TRY(dump(options.dump, prompt->ids(), full, warm));
    return rows;
}

}  // namespace lectern
