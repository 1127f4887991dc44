// Profiles as files: one a model in the data folder's profiles/, and those that came with the
// program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/core/profile.h"
#include "engine/base/result.h"
#include "engine/fusion/fusion_settings.h"

namespace lectern {

/// Of the model with this fingerprint.
std::filesystem::path profile_path(const std::filesystem::path& folder,
                                   const std::string& fingerprint);

/// Where a profile's measurements are kept until it is written.
std::filesystem::path resume_path(const std::filesystem::path& profile);

/// Makes the folder that the file lies in: before hours are spent on measuring. kIo, kReadOnly.
Status prepare_profile_folder(const std::filesystem::path& profile);

/// kNotFound, kIo; errors of parse_profile, with the file's name.
Result<Profile> read_profile(const std::filesystem::path& path);

/// Over an older one, which stays whole until this one is. kIo, kDiskFull, kReadOnly.
Status write_profile(const std::filesystem::path& path, const Profile& profile);

/// The model's profile in the folder. Nothing where there is none, or none for this form of stored
/// KV; what cannot be used is said in the log: a profile never keeps anybody from an answer.
std::optional<Profile> find_profile(const std::filesystem::path& folder,
                                    const std::string& fingerprint, KvFormat format);

/// As find_profile, of those that came with the program (resources/profiles.json).
std::optional<Profile> find_shipped_profile(const std::string& fingerprint, KvFormat format);

/// The one in the folder, measured on this machine, or else the shipped one.
std::optional<Profile> profile_of_model(const std::filesystem::path& folder,
                                        const std::string& fingerprint, KvFormat format);

/// Hands a correction that goes by what was learnt of the model its shift, where there is one.
void give_learnt(FusionSettings& fusion, const std::string& fingerprint, KvFormat format);

}  // namespace lectern
