// First step of a document's way: which files lie in the folders that were added.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/store/records.h"

namespace lectern {

struct FoundFile {
    std::filesystem::path path;
    std::int64_t folder_id = 0;
    FileStamp stamp;
};

/// An added folder that could be listed, or not.
struct ScannedFolder {
    std::int64_t id = 0;
    bool offline = false;  ///< its documents are to be kept as they are
    std::uint64_t device = 0;
};

/// A folder inside an added one, or a file, that the system does not let us read.
struct UnreadablePath {
    std::filesystem::path path;
    std::string reason;  ///< a sentence
};

/// What lies in the folders and is not taken.
struct SkippedFiles {
    int hidden = 0;  ///< hidden, temporary or trash; a folder counts as one
    std::map<std::string, int> unknown_kinds;  ///< by extension
};

struct FileScan {
    std::vector<FoundFile> files;  ///< each once, however many links lead there
    std::vector<ScannedFolder> folders;
    std::vector<UnreadablePath> unreadable;  ///< what lies below is not known to be gone
    SkippedFiles skipped;
    bool cancelled = false;
};

/// Walks the folders. Hidden files and folders, dependency and trash folders, and files whose
/// extension is not known are left out, below what was added; a single file that was added is
/// always taken. Links are followed, after everything else, and never in circles. A file in two
/// added folders belongs to the inner one. A folder is offline if it cannot be listed, or if it is
/// empty on another device than before (nothing is mounted there now).
FileScan scan_folders(std::span<const FolderRecord> folders,
                      const std::function<bool(std::string_view extension)>& knows_extension,
                      std::stop_token stop);

/// Whether a file or folder of this name below what was added is passed over.
bool is_left_out(std::string_view name);

/// Lower-case, without the dot; "" where there is none.
std::string extension_of(const std::filesystem::path& path);

/// As the library keeps what was added: from the root, without dots and without a slash at the end.
std::filesystem::path tidy_path(const std::filesystem::path& path);

/// kNotFound, kIo: the file cannot be looked at.
Result<FileStamp> stamp_of(const std::filesystem::path& path);

}  // namespace lectern
