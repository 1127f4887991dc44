// Files on disk for benchmarks: a folder of their own, and whether its files are in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "engine/base/result.h"

namespace lectern {

/// The folder given, or a new one under data_folder() that goes away with this object.
class BenchFolder {
  public:
    explicit BenchFolder(const std::filesystem::path& given);
    ~BenchFolder();
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
    bool is_own_;
};

/// Writes back the folder's files and drops them from the system's page cache. kIo.
Status drop_from_page_cache(const std::filesystem::path& folder);
/// Reads them through. kIo.
Status bring_into_page_cache(const std::filesystem::path& folder);

/// Bytes this process has had read from a disk so far; 0 where the system does not say.
std::int64_t bytes_read_from_disk();
/// The most memory this process has held at once, mapped files included, since the last
/// reset_peak_memory(); 0 where the system does not say.
std::int64_t peak_memory_bytes();
void reset_peak_memory();

}  // namespace lectern
