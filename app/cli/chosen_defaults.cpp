#include "app/cli/chosen_defaults.h"

#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>

#include "app/cli/command_line.h"
#include "app/core/paths.h"

namespace lectern {

bool is_given(const CLI::App& command, const char* name) {
    const CLI::Option* option = command.get_option_no_throw(name);
    return option != nullptr && option->count() > 0;
}

Settings take_chosen(const CLI::App& app, const CLI::App& command, CommonOptions& common) {
    const LoadedSettings loaded = load_settings(settings_file());
    for (const std::string& problem : loaded.problems) spdlog::warn("{}", problem);
    const Settings& chosen = loaded.settings;
    if (!is_given(app, "--model")) common.model = chosen.model;
    if (!is_given(app, "--threads")) common.threads = chosen.threads;
    if (!is_given(app, "--context") && chosen.context > 0) common.context = chosen.context;
    if (!is_given(command, "--kv-precision")) common.kv_format = chosen.kv_format;
    return chosen;
}

}  // namespace lectern
