// The one executable: the window, the command line, or the child process that reads one document.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/cli/command_line.h"
#include "retrieval/document/document_reader.h"
#ifdef LECTERN_HAS_GUI
#include "app/gui/window.h"
#endif

namespace {

bool has_display() {
    return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr ||
           std::getenv("QT_QPA_PLATFORM") != nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "read-document") == 0)
        return lectern::read_document_main(argv[2], lectern::ReadLimits{});
    if (argc > 1) return lectern::run_command_line(argc, argv);
#ifdef LECTERN_HAS_GUI
    if (has_display()) return lectern::run_window(argc, argv);
#endif
    if (!has_display())
        std::fputs("There is no display; this is what the command line can do.\n\n", stderr);
    std::puts(lectern::command_line_help().c_str());
    return 0;
}
