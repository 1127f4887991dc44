// The file system as what is kept on disk needs it: few operations, so that tests can let each of
// them fail.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

/// An open file, read at any offset. Stays readable when its name is removed. Any thread.
class ReadableFile {
  public:
    virtual ~ReadableFile() = default;
    virtual Result<std::int64_t> size() const = 0;
    /// Fills all of out. kCorrupt: the file ends before; kIo.
    virtual Status read_at(std::int64_t offset, std::span<std::byte> out) const = 0;
};

/// A new file, written from front to back. Closes when destroyed. One thread at a time.
class WritableFile {
  public:
    virtual ~WritableFile() = default;
    /// All of data. kDiskFull, kIo: a part may have been written.
    virtual Status write(std::span<const std::byte> data) = 0;
    /// Returns when what was written would survive a loss of power.
    virtual Status sync() = 0;
};

/// Held while it lives; the system gives it back when its process ends, however it ends.
class FileLock {
  public:
    virtual ~FileLock() = default;
};

struct FileEntry {
    std::string name;
    bool is_folder = false;
    std::int64_t n_bytes = 0;
};

/// Which file a name means; another once the file was replaced.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FileIdentity&) const = default;
};

/// Any thread. Changes fail with kReadOnly (no permission, read-only medium), kDiskFull or kIo.
class FileSystem {
  public:
    virtual ~FileSystem() = default;
    /// kNotFound, kIo.
    virtual Result<std::unique_ptr<ReadableFile>> open(const std::filesystem::path& path) = 0;
    /// Pre: nothing has that name.
    virtual Result<std::unique_ptr<WritableFile>> create(const std::filesystem::path& path) = 0;
    virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    /// A file that is not there counts as removed.
    virtual Status remove(const std::filesystem::path& path) = 0;
    /// With its parents; one that is there is no failure.
    virtual Status create_folder(const std::filesystem::path& path) = 0;
    /// Makes names made, renamed or removed in a folder survive a loss of power.
    virtual Status sync_folder(const std::filesystem::path& path) = 0;
    /// What lies directly in a folder, in no order; nothing if there is no such folder.
    virtual Result<std::vector<FileEntry>> list(const std::filesystem::path& path) = 0;
    /// What may still be written to the disk that a path lies on. kNotFound, kIo.
    virtual Result<std::int64_t> free_bytes(const std::filesystem::path& path) = 0;
    virtual std::optional<FileIdentity> identity(const std::filesystem::path& path) = 0;
    /// The one lock on a path (made if missing) among processes and threads. kBusy when another
    /// holds it for longer than `patience`.
    virtual Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path,
                                                   std::chrono::milliseconds patience) = 0;
};

/// The system's own. Lives as long as the program.
FileSystem& posix_file_system();

}  // namespace lectern
