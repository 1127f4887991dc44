#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/cli/chosen_defaults.h"
#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/core/kv_settings.h"

namespace lectern {
namespace {

struct IndexOptions {
    std::vector<std::string> paths;
    std::string kv;  ///< a KvPolicy; empty: nothing is computed now
};

/// "36 MB", "4.0 GB".
std::string size_text(double n_bytes) {
    char text[32];
    const bool large = n_bytes >= 1e9;
    std::snprintf(text, sizeof text, large ? "%.1f GB" : "%.0f MB", n_bytes / (large ? 1e9 : 1e6));
    return text;
}

void show_progress(ProgressLine& line, const IngestProgress& p) {
    const bool kv = p.kv_total > 0;
    const double share = kv                   ? p.kv_done / p.kv_total
                         : p.files_total == 0 ? 1
                                              : double(p.files_done) / p.files_total;
    std::string text =
        kv ? std::to_string(static_cast<long>(p.kv_done)) + " of " +
                 std::to_string(static_cast<long>(p.kv_total)) + " passages precomputed"
           : std::to_string(p.files_done) + " of " + std::to_string(p.files_total) + " files";
    if (!kv && p.seconds > 0.5)
        text += ", " + std::to_string(static_cast<int>(p.chunks_done / p.seconds)) + " passages/s";
    if (p.seconds_left >= 0) text += ", " + duration_text(p.seconds_left) + " left";
    if (!kv && !p.current.empty()) text += "  " + p.current.filename().string();
    line.show(share, text);
}

nlohmann::json to_json(const IngestReport& report) {
    nlohmann::json failed = nlohmann::json::array();
    for (const FileStatus& file : report.failed)
        failed.push_back({{"path", file.path.string()}, {"reason", file.reason}});
    return {{"documents", report.documents},
            {"chunks", report.chunks},
            {"tokens", report.tokens},
            {"kv_bytes", report.kv_bytes},
            {"seconds", report.seconds},
            {"failed", failed},
            {"added", report.added},
            {"changed", report.changed},
            {"renamed", report.renamed},
            {"removed", report.removed},
            {"kv_bytes_expected", static_cast<std::int64_t>(report.kv_bytes_expected)},
            {"kv_left", report.kv_left},
            {"cancelled", report.cancelled}};
}

void print(const IngestReport& report) {
    std::printf(
        "%ld documents, %ld passages, %ld tokens (%ld added, %ld changed, %ld renamed, %ld removed "
        "in %.1f s)\n",
        long(report.documents), long(report.chunks), long(report.tokens), long(report.added),
        long(report.changed), long(report.renamed), long(report.removed), report.seconds);
    if (report.kv_bytes > 0) std::printf("passages' caches: %.1f MB\n", report.kv_bytes / 1e6);
    if (report.kv_left > 0)
        std::printf(
            "%ld passages' caches have no room in the budget: they are computed when they "
            "are needed\n",
            long(report.kv_left));
    if (!report.failed.empty()) std::printf("needs attention:\n");
    for (const FileStatus& file : report.failed)
        std::printf("  %s: %s\n", file.path.c_str(), file.reason.c_str());
    if (report.cancelled) std::printf("stopped; the next run goes on from here\n");
}

/// Before anything is read.
void tell_expected_kv(const IngestProgress& progress, std::int64_t budget_bytes) {
    if (progress.kv_bytes_expected <= 0) return;
    const auto budget = static_cast<double>(budget_bytes);
    std::fprintf(stderr, "passages' caches will take about %s of %s%s\n",
                 size_text(std::min(progress.kv_bytes_expected, budget)).c_str(),
                 size_text(budget).c_str(),
                 progress.kv_bytes_expected > budget ? "; all of them would be more" : "");
}

int run_index(const CommonOptions& common, const IndexOptions& options, std::stop_token stop) {
    auto assistant = LocalAssistant::open(common.assistant_options());
    if (!assistant) return report(assistant.error());
    KvPolicy policy = KvPolicy::kLazy;
    if (!options.kv.empty()) {
        policy = parse_kv_policy(options.kv).value();
        const Status chosen = (*assistant)->set_kv_policy(policy);
        if (!chosen) return report(chosen.error());
    }
    const std::int64_t budget_bytes = (*assistant)->kv_store().stats().budget_bytes;
    bool told = false;
    ProgressLine line;
    IngestEvents events;
    events.on_progress = [&](const IngestProgress& progress) {
        if (!std::exchange(told, true)) tell_expected_kv(progress, budget_bytes);
        show_progress(line, progress);
    };
    const std::vector<std::filesystem::path> paths(options.paths.begin(), options.paths.end());
    const auto done = (*assistant)->index(paths, policy, events, stop);
    line.clear();
    if (!done) return report(done.error());
    if (common.json)
        print_json(to_json(*done));
    else
        print(*done);
    return done->cancelled ? 1 : 0;
}

}  // namespace

void add_index_command(CLI::App& app, CommandLine& line) {
    auto options = std::make_shared<IndexOptions>();
    CLI::App* command =
        app.add_subcommand("index", "Add folders or files and bring the library up to date");
    command->add_option("PATH", options->paths,
                        "Folders or files; none: only what was added before");
    command
        ->add_option("--kv", options->kv,
                     "When passages' caches are computed: now (all), by the window while nothing "
                     "else goes on (idle), on first use alone (lazy); remembered for the window, "
                     "which else does it when idle")
        ->check(CLI::IsMember({"all", "idle", "lazy"}));
    add_kv_option(*command, line.common);
    add_kv_budget_option(*command, line.common);
    command->callback([&app, command, &line, options] {
        take_chosen(app, *command, line.common);
        line.run = [&line, options](std::stop_token stop) {
            return run_index(line.common, *options, stop);
        };
    });
}

}  // namespace lectern
