#include "app/core/paths.h"

#include <cstdlib>

namespace lectern {
namespace {

const char* environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : nullptr;
}

}  // namespace

std::filesystem::path data_folder() {
    if (const char* home = environment("LECTERN_HOME")) return home;
    if (const char* data = environment("XDG_DATA_HOME"))
        return std::filesystem::path(data) / "lectern";
    const char* home = environment("HOME");
    return std::filesystem::path(home == nullptr ? "/" : home) / ".local/share/lectern";
}

std::filesystem::path models_folder() {
    if (const char* models = environment("LECTERN_MODELS")) return models;
    return data_folder() / "models";
}

std::filesystem::path profiles_folder() { return data_folder() / "profiles"; }

std::filesystem::path chats_file() { return data_folder() / "chats.sqlite"; }

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

}  // namespace lectern
