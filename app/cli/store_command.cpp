#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"

namespace lectern {
namespace {

int print(const CommonOptions& common, const KvStoreStats& stats) {
    if (common.json)
        print_json({{"entries", stats.entries},
                    {"bytes", stats.bytes},
                    {"budget_bytes", stats.budget_bytes},
                    {"corrupt", stats.corrupt}});
    else
        std::printf("%ld passages' caches, %.1f MB of %.1f MB; %ld dropped as corrupt\n",
                    long(stats.entries), stats.bytes / 1e6, stats.budget_bytes / 1e6,
                    long(stats.corrupt));
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
    const std::pair<const char*, const char*> kVerbs[] = {
        {"stats", "How much there is"},
        {"verify", "Reads everything and drops what does not match its checksums"},
        {"clear", "Drops everything; it is computed again when it is needed"}};
    for (const auto& [verb, help] : kVerbs)
        store->add_subcommand(verb, help)->callback([&line, what = std::string(verb)] {
            line.run = [&line, what](std::stop_token) { return run_store(line.common, what); };
        });
}

}  // namespace lectern
