#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"

namespace lectern {
namespace {

/// How much there is, and what was repaired.
void print_text(const KvStoreStats& stats) {
    std::printf("%ld passages' caches, %.1f MB of %.1f MB\n", long(stats.entries),
                stats.bytes / 1e6, stats.budget_bytes / 1e6);
    const std::pair<std::int64_t, const char*> kRepairs[] = {
        {stats.corrupt, "dropped: their bytes were wrong"},
        {stats.forgotten, "forgotten: their files were gone"},
        {stats.adopted, "taken in: whole files that the index did not know"},
        {stats.leftovers, "unfinished files removed"}};
    for (const auto& [n, what] : kRepairs)
        if (n > 0) std::printf("  %ld %s\n", long(n), what);
}

int print(const CommonOptions& common, const KvStoreStats& stats) {
    if (common.json)
        print_json({{"entries", stats.entries},
                    {"bytes", stats.bytes},
                    {"budget_bytes", stats.budget_bytes},
                    {"corrupt", stats.corrupt},
                    {"forgotten", stats.forgotten},
                    {"adopted", stats.adopted},
                    {"leftovers", stats.leftovers}});
    else
        print_text(stats);
    return 0;
}

int run_store(const CommonOptions& common, const std::string& what) {
    auto assistant = LocalAssistant::open(common.assistant_options());
    if (!assistant) return report(assistant.error());
    KvStore& store = (*assistant)->kv_store();
    if (what == "verify") {
        const auto stats = store.verify();
        return stats ? print(common, *stats) : report(stats.error());
    }
    if (what == "clear")
        if (const Status cleared = store.clear(); !cleared) return report(cleared.error());
    return print(common, store.stats());
}

}  // namespace

void add_store_command(CLI::App& app, CommandLine& line) {
    CLI::App* store = app.add_subcommand("store", "The store of passages' caches");
    store->require_subcommand(1);
    store->fallthrough();
    add_kv_budget_option(*store, line.common);
    const std::pair<const char*, const char*> kVerbs[] = {
        {"stats", "How much there is"},
        {"verify", "Reads everything, drops what is damaged and makes files and index agree"},
        {"clear", "Drops everything; it is computed again when it is needed"}};
    for (const auto& [verb, help] : kVerbs)
        store->add_subcommand(verb, help)->callback([&line, what = std::string(verb)] {
            line.run = [&line, what](std::stop_token) { return run_store(line.common, what); };
        });
}

}  // namespace lectern
