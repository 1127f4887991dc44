// Moving all data to another folder, or deleting it: asked for while the program runs, done at its
// next start before anything is opened. A kill at any step leaves one whole copy, and the next
// start goes on from there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/result.h"

namespace lectern {

struct DataFolders {
    std::filesystem::path configuration;  ///< where it is noted what is to be done
    std::filesystem::path data;           ///< where the data lies now
};
/// Of this program, now.
DataFolders data_folders();

struct DataWork {
    /// Where the data goes; empty: it is deleted.
    std::filesystem::path to;
    /// Where it came from.
    std::filesystem::path from;
};

struct MovePlan {
    std::filesystem::path to;     ///< what was given, or lectern/ in it where it holds something
    std::int64_t n_bytes = 0;     ///< to copy
    std::int64_t free_bytes = 0;  ///< there
};

/// Whether the data can go there. kInvalidArgument (the folder lies in the data, or is it),
/// kDiskFull (says how much is missing), kReadOnly, kIo. Changes nothing.
Result<MovePlan> plan_move(const DataFolders& folders, const std::filesystem::path& to,
                           FileSystem& files = posix_file_system());
/// The next start does it. kDiskFull, kReadOnly, kIo: it will not.
Status request_data_work(const DataFolders& folders, const DataWork& work);
/// What was asked for and is not finished. kCorrupt: the note cannot be read; it is removed.
Result<std::optional<DataWork>> requested_data_work(const DataFolders& folders);

struct DataProgress {
    std::int64_t done = 0, total = 0;  ///< bytes when moving, files when deleting
    std::string current;               ///< the file's name
    double seconds_left = -1;          ///< −1: not known yet
};
using OnDataProgress = std::function<void(const DataProgress&)>;

/// Copies, compares, switches, deletes what was copied. kCancelled: the data is where it was and
/// nothing is left of the copy. On other errors the data is whole where it was, too, or, behind the
/// switch, where it goes; asking again goes on. kBusy: another program uses the data.
Status move_data(const DataFolders& folders, const DataWork& work, const OnDataProgress& progress,
                 std::stop_token stop, FileSystem& files = posix_file_system());
/// Gives up a move that is not finished: removes what was copied or, where the data is in its new
/// place already, leaves what is left in the old.
Status give_up_move(const DataFolders& folders, const DataWork& work,
                    FileSystem& files = posix_file_system());
/// Deletes all that this program made, settings included; folders only where nothing else is in
/// them. kCancelled, and other errors: what is left stays.
Status delete_data(const DataFolders& folders, const OnDataProgress& progress, std::stop_token stop,
                   FileSystem& files = posix_file_system());

}  // namespace lectern
