// One file from the first of several addresses that gives exactly the bytes that are wanted; goes
// on where an earlier run stopped.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/http_client.h"
#include "app/core/part_file.h"
#include "engine/base/result.h"

namespace lectern {

struct DownloadRequest {
    std::vector<std::string> urls;  ///< tried in this order
    std::filesystem::path target;
    std::int64_t n_bytes = 0;
    std::string sha256;
    int n_retries = 3;  ///< of an address that breaks off without a new byte
    std::chrono::milliseconds retry_wait{1000};  ///< doubles with every one
};

struct DownloadProgress {
    std::int64_t bytes_done = 0, bytes_total = 0;
    double bytes_per_s = 0;    ///< over the last seconds; 0: not known yet
    double seconds_left = -1;  ///< −1: not known yet
    bool checking = false;     ///< what is there is being read again; bytes_done counts that
};

/// Called a few times a second on the thread that downloads.
using OnDownloadProgress = std::function<void(const DownloadProgress&)>;

/// Returns when the file is at its target, whole, on the disk and checked against its SHA-256; one
/// that is there already is checked and kept. What came stays beside it in a .part file when it is
/// stopped (kCancelled) or fails, for the next call. kDiskFull before anything is fetched, or
/// later; kBusy: another program downloads it; kUnsupported: the network is switched off; kCorrupt:
/// every address gave other bytes; kNotFound, kIo: none could give it, with what the last one said.
Status download(HttpClient& client, const DownloadRequest& request,
                const OnDownloadProgress& on_progress, std::stop_token stop);

}  // namespace lectern
