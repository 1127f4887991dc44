// How far indexing is and how long it will take, told to whoever watches.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// One thread at a time; tells at most every 50 ms, and whenever a file is done.
class IngestMeter {
  public:
    explicit IngestMeter(const IngestEvents& events);

    /// The files that will be worked on, by weight: their sizes in bytes.
    void start(int n_files, std::int64_t bytes);
    void begin_file(const std::filesystem::path& path, std::int64_t bytes);
    /// `done` of `total` of the file's chunks are embedded.
    void embedded(std::int64_t done, std::int64_t total);
    void end_file();
    void kv(std::int64_t done, std::int64_t total);
    /// Of KV when all is read and computed.
    void expect_kv(double n_bytes) { progress_.kv_bytes_expected = n_bytes; }
    void file(const FileStatus& status);
    double seconds() const;
    std::int64_t chunks_done() const { return progress_.chunks_done; }
    /// Since the first file was begun.
    double seconds_reading() const;

  private:
    void tell(bool at_once);
    double seconds_left() const;
    double kv_seconds_left() const;

    const IngestEvents& events_;
    IngestProgress progress_;
    std::chrono::steady_clock::time_point begin_, told_, reading_begin_;
    std::chrono::steady_clock::time_point kv_begin_;  ///< of the first that was done
    double bytes_ = 0, bytes_done_ = 0, file_bytes_ = 0, file_share_ = 0;
    std::int64_t chunks_before_ = 0;  ///< of files that are done
};

}  // namespace lectern
