// What was chosen in the window's settings, as defaults of commands that work on the library: a
// flag that is given wins.
#pragma once

#include "app/core/settings.h"

namespace CLI {
class App;
}

namespace lectern {

struct CommonOptions;

/// Loads the settings, says on stderr what could not be used of them, and sets the common options
/// that neither `app` nor the command was given. Pre: both were parsed.
Settings take_chosen(const CLI::App& app, const CLI::App& command, CommonOptions& common);

/// Whether the command has an option of this name and it was given.
bool is_given(const CLI::App& command, const char* name);

}  // namespace lectern
