#include "app/core/ingest_meter.h"

#include <algorithm>

namespace lectern {
namespace {

/// A file of no bytes costs a reader's start as well.
constexpr double kFileCostBytes = 4096;

}  // namespace

IngestMeter::IngestMeter(const IngestEvents& events)
    : events_(events), begin_(std::chrono::steady_clock::now()) {}

void IngestMeter::start(int n_files, std::int64_t bytes) {
    progress_.files_total = n_files;
    bytes_ = static_cast<double>(bytes) + n_files * kFileCostBytes;
    reading_begin_ = std::chrono::steady_clock::now();
    tell(true);
}

void IngestMeter::begin_file(const std::filesystem::path& path, std::int64_t bytes) {
    progress_.current = path;
    file_bytes_ = static_cast<double>(bytes) + kFileCostBytes;
    file_share_ = 0;
    tell(false);
}

void IngestMeter::embedded(std::int64_t done, std::int64_t total) {
    progress_.chunks_done = chunks_before_ + done;
    file_share_ = static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(total, 1));
    tell(false);
}

void IngestMeter::end_file() {
    ++progress_.files_done;
    chunks_before_ = progress_.chunks_done;
    bytes_done_ += file_bytes_;
    file_bytes_ = 0;
    tell(true);
}

void IngestMeter::kv(std::int64_t done, std::int64_t total) {
    if (progress_.kv_total == 0) kv_begin_ = std::chrono::steady_clock::now();
    progress_.kv_done = static_cast<double>(done);
    progress_.kv_total = static_cast<double>(total);
    progress_.current.clear();
    tell(done == total);
}

void IngestMeter::file(const FileStatus& status) {
    if (events_.on_file) events_.on_file(status);
}

double IngestMeter::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

double IngestMeter::seconds_reading() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - reading_begin_).count();
}

void IngestMeter::tell(bool at_once) {
    if (!events_.on_progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (!at_once && now - told_ < std::chrono::milliseconds(50)) return;
    told_ = now;
    progress_.seconds = seconds();
    progress_.seconds_left = seconds_left();
    events_.on_progress(progress_);
}

double IngestMeter::seconds_left() const {
    if (progress_.kv_total > 0) return kv_seconds_left();
    constexpr double kEnoughSeconds = 2;  // before that, a rate says little
    const double done = bytes_done_ + file_bytes_ * file_share_;
    if (progress_.seconds < kEnoughSeconds || done <= 0) return -1;
    return progress_.seconds * std::max(bytes_ - done, 0.0) / done;
}

/// By the rate since the first one was done.
double IngestMeter::kv_seconds_left() const {
    const std::chrono::duration<double> since_first = std::chrono::steady_clock::now() - kv_begin_;
    if (progress_.kv_done < 2) return -1;
    return since_first.count() * (progress_.kv_total - progress_.kv_done) / (progress_.kv_done - 1);
}

}  // namespace lectern
