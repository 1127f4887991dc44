// Every access to the network, in a bounded file of JSON lines in the data folder: written before
// it begins and again when it ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

struct NetworkAccess {
    std::int64_t time_ms = 0;  ///< since 1970, UTC
    std::string method;
    std::string host;  ///< with its port, where the address has one
    std::string path;  ///< with what stands behind `?`; cut where it is very long
    std::string via;   ///< the proxy; empty: none
    std::int64_t n_bytes = 0;
    std::string outcome;  ///< "200", "404", a sentence; "under way" while it lasts or was cut off
};

/// Any thread; several processes may write to one file.
class NetworkLog {
  public:
    /// n_kept: how many accesses stay when the file is cut; it holds up to twice as many.
    explicit NetworkLog(std::filesystem::path file, std::size_t n_kept = 1000);

    /// Notes an access that is about to begin; what it returns names it for end(). Where it cannot
    /// be noted (kIo, kDiskFull, kReadOnly) it must not take place.
    Result<std::string> begin(const NetworkAccess& access);
    Status end(const std::string& name, std::int64_t n_bytes, const std::string& outcome);

    /// Newest first; none where there is no file. Lines that cannot be read are left out.
    std::vector<NetworkAccess> read() const;
    const std::filesystem::path& file() const { return file_; }

  private:
    Status append(const std::string& line);
    void cut();

    std::filesystem::path file_;
    std::size_t n_kept_;
    mutable std::mutex mutex_;
    std::int64_t n_begun_ = 0;
};

}  // namespace lectern
