// The files of the data folder, one by one: listed, copied, compared, removed. Links are links:
// what they point to is nobody's here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/result.h"

namespace lectern {

struct DataFile {
    std::filesystem::path path;  ///< below the folder
    std::int64_t n_bytes = 0;
    bool is_link = false;
};

struct DataTree {
    std::vector<DataFile> files;
    std::vector<std::filesystem::path> folders;  ///< each behind those that it lies in
    std::int64_t n_bytes() const;
};

/// What this program made in the folder: entries whose names `is_own` takes, with all below them.
Result<DataTree> own_tree(const std::filesystem::path& folder, bool (*is_own)(std::string_view));
/// Everything below the folder.
Result<DataTree> whole_tree(const std::filesystem::path& folder);

/// Copies a file so that it is on the disk, unless an equal one is there. on_bytes: how many more
/// were copied or found equal. kCancelled; kCorrupt: what was written reads otherwise; kIo,
/// kDiskFull.
Status copy_file(const DataFile& file, const std::filesystem::path& from,
                 const std::filesystem::path& to, const std::function<void(std::int64_t)>& on_bytes,
                 const std::stop_token& stop, FileSystem& files);

/// Removes the files, then the folders that nothing is left in.
Status remove_tree(const std::filesystem::path& folder, const DataTree& tree,
                   const std::function<void(const DataFile&)>& on_file, const std::stop_token& stop,
                   FileSystem& files);

}  // namespace lectern
