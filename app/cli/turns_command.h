// `lectern eval turns`: conversations of several turns.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/command_line.h"

namespace lectern {

/// The command added, whose callback sets what `line` runs.
CLI::App* add_turns_command(CLI::App& eval, CommandLine& line);

}  // namespace lectern
