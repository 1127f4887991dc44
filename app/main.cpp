// The one executable: the window, the command line, or the child process that reads one document.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

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

/// `lectern FILE…`, as file managers call it. A command of the same name goes first.
bool is_document(const std::string& argument) {
    if (argument.starts_with('-') || lectern::is_command(argument)) return false;
    std::error_code unreadable;
    return argument.find('/') != std::string::npos || std::filesystem::exists(argument, unreadable);
}

int refuse_documents() {
    return lectern::report({lectern::ErrorCode::kUnsupported,
                            "There is no window here to open documents in.",
                            "`lectern index PATH…` adds them from the terminal."});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "read-document") == 0)
        return lectern::read_document_main(argv[2], lectern::ReadLimits{});
    const bool has_documents = argc > 1 && is_document(argv[1]);
    if (argc > 1 && !has_documents) return lectern::run_command_line(argc, argv);
#ifdef LECTERN_HAS_GUI
    if (has_display()) return lectern::run_window(argc, argv);
#endif
    if (has_documents) return refuse_documents();
    if (!has_display())
        std::fputs("There is no display; this is what the command line can do.\n\n", stderr);
    std::puts(lectern::command_line_help().c_str());
    return 0;
}
