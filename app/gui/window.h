// The window: what `lectern` opens when it is started alone or with documents.
#pragma once

namespace lectern {

/// Opens the library, shows the window, adds the documents among the arguments and returns the exit
/// status when it is closed. Where the library cannot be opened the window says why.
int run_window(int argc, char** argv);

}  // namespace lectern
