// The KV files of one store folder: their names, and how one comes into being whole or not at all.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/result.h"
#include "engine/kv/kv_file.h"

namespace lectern {

/// Files lie in sub-folders by the first two digits of their key: ab/abcd….kv. Reading: any thread
/// and process; changing: whoever holds lock().
class KvFolder {
  public:
    struct Contents {
        std::map<KvKey, std::int64_t> chunks;           ///< whole files (by their name), bytes
        std::vector<std::filesystem::path> unfinished;  ///< left by a writer that died
    };

    KvFolder(std::filesystem::path folder, FileSystem& files)
        : folder_(std::move(folder)), files_(files) {}

    std::filesystem::path index_path() const { return folder_ / "index.sqlite"; }
    std::filesystem::path path_of(const KvKey& key) const;
    FileSystem& files() const { return files_; }

    /// What may still be written to its disk.
    Result<std::int64_t> free_bytes() const { return files_.free_bytes(folder_); }
    /// With its parents, if it is not there.
    Status create() { return files_.create_folder(folder_); }
    /// One writer at a time, of all processes.
    Result<std::unique_ptr<FileLock>> lock(std::chrono::milliseconds patience) const;
    /// Files with other names than ours are left alone and not listed.
    Result<Contents> list() const;
    /// Writes under a temporary name, syncs, renames, syncs the folder: afterwards the file is
    /// there to stay. On failure discard() removes what is left. Pre: no file of this key.
    Status write(const KvFileHeader& header, const ChunkKv& kv);
    /// Removes a key's file and what is left of writing it.
    Status discard(const KvKey& key);
    Status remove_index();

  private:
    std::filesystem::path temporary_path_of(const KvKey& key) const;

    std::filesystem::path folder_;
    FileSystem& files_;
};

}  // namespace lectern
