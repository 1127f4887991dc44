#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/core/catalogue.h"

namespace lectern {
namespace {

int run_list(const CommonOptions& common) {
    nlohmann::json json = nlohmann::json::array();
    for (const CatalogueModel& model : catalogue()) {
        const bool fits = model.memory_bytes < machine_memory_bytes();
        if (common.json) {
            json.push_back({{"name", model.name},
                            {"title", model.title},
                            {"role", model.role == ModelRole::kEmbedder ? "embedder" : "answering"},
                            {"licence", model.licence},
                            {"bytes", model.n_bytes},
                            {"memory_bytes", model.memory_bytes},
                            {"fits", fits},
                            {"installed", model.installed()},
                            {"path", model.location.string()}});
            continue;
        }
        std::printf("%-20s %-10s %6.0f MB  %s%s\n%22s%s %s.\n", model.name.c_str(),
                    model.role == ModelRole::kEmbedder ? "embedder" : "answering",
                    model.n_bytes / 1e6, model.installed() ? "installed" : "not installed",
                    fits ? "" : ", needs more memory than this machine has", "", model.note.c_str(),
                    model.licence.c_str());
    }
    if (common.json) print_json({{"models", json}});
    return 0;
}

}  // namespace

void add_models_command(CLI::App& app, CommandLine& line) {
    CLI::App* models = app.add_subcommand("models", "The models Lectern knows");
    models->require_subcommand(1);
    models->add_subcommand("list", "What there is, what is installed, what fits this machine")
        ->callback(
            [&line] { line.run = [&line](std::stop_token) { return run_list(line.common); }; });
}

}  // namespace lectern
