// Where the application keeps its things.
#pragma once

#include <filesystem>

namespace lectern {

/// Where library, models and KV lie: first_data_folder(), or where the data was moved to.
std::filesystem::path data_folder();
/// $LECTERN_HOME, or $XDG_DATA_HOME/lectern, or ~/.local/share/lectern.
std::filesystem::path first_data_folder();
/// The file in the configuration folder that names the folder the data was moved to.
std::filesystem::path data_folder_note(const std::filesystem::path& configuration);
/// $LECTERN_MODELS, or models/ in the data folder.
std::filesystem::path models_folder();
/// profiles/ in the data folder: of models that were calibrated on this machine.
std::filesystem::path profiles_folder();
/// model_speeds.json in the data folder: measured on this machine.
std::filesystem::path speeds_file();
/// network.log in the data folder.
std::filesystem::path network_log_file();
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
