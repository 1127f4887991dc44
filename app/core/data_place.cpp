#include "app/core/data_place.h"

#include <algorithm>
#include <array>

#include "app/core/paths.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kDataFolders = {"library", "models", "profiles"};
/// With what SQLite and unfinished writing leave beside them.
constexpr std::array<std::string_view, 3> kDataFiles = {"chats.sqlite", "network", "model_speeds"};
constexpr std::array<std::string_view, 5> kConfigurationFiles = {
    "settings.json", "window.json", "data-folder", "data-work.json", "instance.lock"};

bool begins_with_any(std::string_view name, const auto& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
        if (!name.starts_with(beginning)) return false;
        const std::string_view rest = name.substr(beginning.size());
        return rest.empty() || rest.front() == '-' || rest.front() == '.';
    });
}

/// Of a file, or of all below a folder; links count nothing.
std::int64_t bytes_of(const fs::path& path, const std::stop_token& stop) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_regular_file(status)) {
        const std::uintmax_t n_bytes = fs::file_size(path, error);
        return error ? 0 : static_cast<std::int64_t>(n_bytes);
    }
    if (!fs::is_directory(status)) return 0;
    std::int64_t n_bytes = 0;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        if (stop.stop_requested()) return n_bytes;
        n_bytes += bytes_of(entry->path(), stop);
    }
    return n_bytes;
}

DataKind kind_in_library(const std::string& name) {
    if (name == "kv") return DataKind::kKv;
    if (name.starts_with("embeddings.") || name.starts_with("dense.")) return DataKind::kVectors;
    return DataKind::kTexts;
}

}  // namespace

bool is_own_data(std::string_view name) {
    return std::find(kDataFolders.begin(), kDataFolders.end(), name) != kDataFolders.end() ||
           begins_with_any(name, kDataFiles);
}

bool is_own_configuration(std::string_view name) {
    return begins_with_any(name, kConfigurationFiles);
}

std::vector<DataPart> measure_data(const fs::path& data, const fs::path& models,
                                   std::stop_token stop) {
    std::vector<DataPart> parts;
    for (const DataKind kind : {DataKind::kTexts, DataKind::kVectors, DataKind::kKv,
                                DataKind::kChats, DataKind::kModels, DataKind::kOther})
        parts.push_back({kind, 0});
    const auto add = [&](DataKind kind, const fs::path& path) {
        parts[static_cast<std::size_t>(kind)].n_bytes += bytes_of(path, stop);
    };
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data / "library", error))
        add(kind_in_library(entry.path().filename().string()), entry.path());
    for (const auto& entry : fs::directory_iterator(data, error)) {
        const std::string name = entry.path().filename().string();
        if (name == "library" || name == "models" || !is_own_data(name)) continue;
        add(name.starts_with("chats.") ? DataKind::kChats : DataKind::kOther, entry.path());
    }
    add(DataKind::kModels, models);
    return parts;
}

Status check_data_folder() {
    const fs::path data = data_folder();
    std::error_code error;
    if (data == first_data_folder() || fs::is_directory(data, error)) return {};
    return fail(ErrorCode::kNotFound,
                "Your data lies in " + data.string() + ", which is not there.",
                "Connect its drive and start again.");
}

}  // namespace lectern
