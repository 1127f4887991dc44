#include "app/core/profile_files.h"

#include <spdlog/spdlog.h>

#include <cassert>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "app/core/paths.h"
#include "app/core/whole_file.h"
#include "engine/base/file_system.h"
#include "engine/base/mapped_file.h"
#include "resources/profiles.h"

namespace lectern {

namespace fs = std::filesystem;

fs::path profile_path(const fs::path& folder, const std::string& fingerprint) {
    return folder / (fingerprint + ".json");
}

fs::path resume_path(const fs::path& profile) {
    return fs::path(profile).replace_extension(".jsonl");
}

Status prepare_profile_folder(const fs::path& profile) {
    if (!profile.has_parent_path()) return {};
    return posix_file_system().create_folder(profile.parent_path());
}

Result<Profile> read_profile(const fs::path& path) {
    LECTERN_ASSIGN(const MappedFile file, MappedFile::open(path));
    const auto bytes = file.bytes();
    Result<Profile> profile =
        parse_profile({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!profile) {
        Error error = std::move(profile).error();
        error.message = path.filename().string() + ": " + error.message;
        return tl::unexpected<Error>(std::move(error));
    }
    return profile;
}

Status write_profile(const fs::path& path, const Profile& profile) {
    const std::string text = to_json_text(profile);
    return write_whole_file(path, {std::as_bytes(std::span(text))});
}

std::optional<Profile> find_profile(const fs::path& folder, const std::string& fingerprint,
                                    KvFormat format) {
    const fs::path path = profile_path(folder, fingerprint);
    Result<Profile> profile = read_profile(path);
    if (!profile && profile.error().code != ErrorCode::kNotFound)
        spdlog::warn("A profile is not used. {}", profile.error().text());
    if (!profile) return std::nullopt;
    if (profile->fingerprint != fingerprint) {
        spdlog::warn("A profile is not used. {} is of another model, {}.", path.string(),
                     profile->model);
        return std::nullopt;
    }
    if (profile->kv_format != format) return std::nullopt;
    return std::move(*profile);
}

std::optional<Profile> find_shipped_profile(const std::string& fingerprint, KvFormat format) {
    const auto shipped = nlohmann::json::parse(kProfiles);
    for (const auto& entry : shipped) {
        Result<Profile> profile = parse_profile(entry.dump());
        assert(profile);  // ours: a test reads each of them
        if (profile->fingerprint == fingerprint && profile->kv_format == format)
            return std::move(*profile);
    }
    return std::nullopt;
}

std::optional<Profile> profile_of_model(const fs::path& folder, const std::string& fingerprint,
                                        KvFormat format) {
    if (auto own = find_profile(folder, fingerprint, format)) return own;
    return find_shipped_profile(fingerprint, format);
}

void give_learnt(FusionSettings& fusion, const std::string& fingerprint, KvFormat format) {
    const auto rule = make_correction_rule(fusion.correction);
    if (!rule || rule->learnt_rows == 0 || fusion.learnt) return;
    if (auto profile = profile_of_model(profiles_folder(), fingerprint, format))
        fusion.learnt = std::move(profile->learnt);
}

}  // namespace lectern
