#include "app/core/paths.h"

#include <cstdlib>

namespace lectern {
namespace {

const char* environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : nullptr;
}

/// $LECTERN_HOME, or lectern/ in the folder that the variable names, or that lies below the home.
std::filesystem::path own_folder(const char* variable, const char* below_home) {
    if (const char* lectern = environment("LECTERN_HOME")) return lectern;
    if (const char* base = environment(variable)) return std::filesystem::path(base) / "lectern";
    const char* home = environment("HOME");
    return std::filesystem::path(home == nullptr ? "/" : home) / below_home / "lectern";
}

}  // namespace

std::filesystem::path data_folder() { return own_folder("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path models_folder() {
    if (const char* models = environment("LECTERN_MODELS")) return models;
    return data_folder() / "models";
}

std::filesystem::path profiles_folder() { return data_folder() / "profiles"; }

std::filesystem::path chats_file() { return data_folder() / "chats.sqlite"; }

std::filesystem::path configuration_folder() { return own_folder("XDG_CONFIG_HOME", ".config"); }

std::filesystem::path settings_file() { return configuration_folder() / "settings.json"; }

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

}  // namespace lectern
