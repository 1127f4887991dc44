// The window: what `lectern` opens when it is started without arguments.
#pragma once

namespace lectern {

/// Opens the library, shows the window and returns its exit status when it is closed. Where the
/// library cannot be opened the window says why.
int run_window(int argc, char** argv);

}  // namespace lectern
