// Where the application keeps its things.
#pragma once

#include <filesystem>

namespace lectern {

/// $LECTERN_HOME, or $XDG_DATA_HOME/lectern, or ~/.local/share/lectern: library, models and KV lie
/// in it.
std::filesystem::path data_folder();
/// $LECTERN_MODELS, or models/ in the data folder.
std::filesystem::path models_folder();
/// profiles/ in the data folder: of models that were calibrated on this machine.
std::filesystem::path profiles_folder();
/// chats.sqlite in the data folder.
std::filesystem::path chats_file();
/// $LECTERN_HOME, or $XDG_CONFIG_HOME/lectern, or ~/.config/lectern: what was chosen, apart from
/// the data, which may be moved.
std::filesystem::path configuration_folder();
/// settings.json in the configuration folder.
std::filesystem::path settings_file();
/// The running executable.
std::filesystem::path executable_path();

}  // namespace lectern
