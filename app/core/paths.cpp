#include "app/core/paths.h"

#include <cstdlib>
#include <fstream>
#include <string>

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

std::filesystem::path data_folder() {
    std::ifstream note(data_folder_note(configuration_folder()));
    std::string folder;
    if (std::getline(note, folder, '\0') && !folder.empty()) return folder;
    return first_data_folder();
}

std::filesystem::path first_data_folder() { return own_folder("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path data_folder_note(const std::filesystem::path& configuration) {
    return configuration / "data-folder";
}

std::filesystem::path models_folder() {
    if (const char* models = environment("LECTERN_MODELS")) return models;
    return data_folder() / "models";
}

std::filesystem::path profiles_folder() { return data_folder() / "profiles"; }

std::filesystem::path speeds_file() { return data_folder() / "model_speeds.json"; }

std::filesystem::path network_log_file() { return data_folder() / "network.log"; }

std::filesystem::path chats_file() { return data_folder() / "chats.sqlite"; }

std::filesystem::path configuration_folder() { return own_folder("XDG_CONFIG_HOME", ".config"); }

std::filesystem::path settings_file() { return configuration_folder() / "settings.json"; }

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

}  // namespace lectern
