#include "app/core/download.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "app/core/http_address.h"
#include "app/core/stopwatch.h"
#include "engine/base/file_system.h"

namespace lectern {
namespace {

constexpr double kReportMs = 200;
constexpr double kRateWindowMs = 5000;
constexpr std::int64_t kDiskReserve = 64 << 20;  ///< stays free beside the file

std::string megabytes(std::int64_t n_bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f MB", std::max(1.0, static_cast<double>(n_bytes) / 1e6));
    return text;
}

/// Bytes a second over the last seconds.
class RateMeter {
  public:
    double add(double now_ms, std::int64_t bytes_done) {
        samples_.push_back({now_ms, bytes_done});
        while (samples_.size() > 2 && now_ms - samples_.front().ms > kRateWindowMs)
            samples_.pop_front();
        const double ms = now_ms - samples_.front().ms;
        const auto n = static_cast<double>(bytes_done - samples_.front().bytes);
        return ms < kReportMs || n <= 0 ? 0 : 1000 * n / ms;
    }
    void forget() { samples_.clear(); }

  private:
    struct Sample {
        double ms;
        std::int64_t bytes;
    };
    std::deque<Sample> samples_;
};

/// false: it was stopped.
bool wait(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

/// Whether another try may come out otherwise than this failure.
bool is_passing(const Error& error) { return error.code == ErrorCode::kIo; }

/// Whether another address may do better.
bool is_of_source(const Error& error) {
    return error.code == ErrorCode::kIo || error.code == ErrorCode::kNotFound ||
           error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kInvalidArgument;
}

/// A download under way: the part, its hash, and what is told of it.
class Transfer {
  public:
    Transfer(HttpClient& client, const DownloadRequest& request, PartFile part,
             const OnDownloadProgress& on_progress, std::stop_token stop)
        : client_(client),
          request_(request),
          part_(std::move(part)),
          on_progress_(on_progress),
          stop_(std::move(stop)) {}

    Status run() {
        LECTERN_TRY(check_disk());
        LECTERN_TRY(hash_part());
        Error last{ErrorCode::kNotFound, "There is no address to get it from.", ""};
        for (const std::string& url : request_.urls) {
            const Status fetched = whole() ? check_whole() : fetch_from(url);
            if (fetched) return part_.finish();
            if (own_failure_ || !is_of_source(fetched.error())) return fetched;
            last = fetched.error();
        }
        return tl::unexpected(std::move(last));
    }

  private:
    bool whole() const { return part_.n_bytes() == request_.n_bytes; }

    Status check_disk() {
        const std::int64_t missing = request_.n_bytes - part_.n_bytes();
        LECTERN_ASSIGN(const std::int64_t free,
                       posix_file_system().free_bytes(request_.target.parent_path()));
        if (free >= missing + kDiskReserve) return {};
        return fail(ErrorCode::kDiskFull,
                    "There is not enough room on the disk: " + megabytes(missing) +
                        " are to be fetched, " + megabytes(free) + " are free.",
                    "Free some space, or move the data to a larger disk.");
    }

    /// The hash is that of the part's bytes as they lie on the disk.
    Status hash_part() {
        sha_.take_hex();
        return own(part_.add_to(
            sha_, [this](std::int64_t done) { tell(done, true); }, stop_));
    }

    /// Tries the address until it has given all, or gives no more.
    Status fetch_from(const std::string& url) {
        bool began_anew = false;
        auto pause = request_.retry_wait;
        for (int n_failed = 0;;) {
            const std::int64_t before = part_.n_bytes();
            Status fetched = request_rest(url);
            if (fetched) fetched = check_whole();
            if (fetched) return {};
            if (own_failure_) return fetched;
            if (fetched.error().code == ErrorCode::kCorrupt) {
                // What it went on from may have been another's.
                if (before == 0 || std::exchange(began_anew, true)) return fetched;
                continue;
            }
            if (!is_passing(fetched.error())) return fetched;
            if (part_.n_bytes() > before) {
                n_failed = 0;
                pause = request_.retry_wait;
            }
            if (++n_failed > request_.n_retries) return fetched;
            if (!wait(pause, stop_)) return fail(ErrorCode::kCancelled, "Stopped.");
            pause *= 2;
        }
    }

    /// kCorrupt: the part is dropped.
    Status check_whole() {
        if (whole() && sha_.take_hex() == request_.sha256) return {};
        const bool shorter = part_.n_bytes() < request_.n_bytes;
        if (shorter) return fail(ErrorCode::kIo, "The download broke off.", "Try again.");
        LECTERN_TRY(begin_anew());
        return wrong_bytes();
    }

    tl::unexpected<Error> wrong_bytes() const {
        return fail(ErrorCode::kCorrupt,
                    request_.target.filename().string() +
                        " came with other bytes than it should have; it was thrown away.",
                    "Try again later, or get the file elsewhere and import it.");
    }

    Status begin_anew() {
        sha_.take_hex();
        rate_.forget();
        return own(part_.restart());
    }

    Status request_rest(const std::string& url) {
        HttpRequest request{.url = url, .from = part_.n_bytes(), .validator = ""};
        if (part_.origin().url == url) request.validator = part_.origin().validator;
        HttpEvents events;
        events.on_head = [&](const HttpHead& head) { return take_head(url, head); };
        events.on_body = [&](std::span<const std::byte> bytes) { return take_body(bytes); };
        events.on_tick = [&] { tell(part_.n_bytes(), false); };
        LECTERN_ASSIGN(const HttpHead head, client_.get(request, events, stop_));
        return {};
    }

    Status take_head(const std::string& url, const HttpHead& head) {
        if (head.status == 416) {  // it has nothing behind what is here: another file
            LECTERN_TRY(begin_anew());
            return wrong_bytes();
        }
        if (head.status != 200 && head.status != 206)
            return tl::unexpected(status_error(head.status, url));
        const bool goes_on = head.status == 206 && head.from == part_.n_bytes();
        const bool is_anew = head.status == 200;
        const std::int64_t n_bytes = is_anew ? head.n_bytes : head.n_bytes_whole;
        if ((!goes_on && !is_anew) || (n_bytes >= 0 && n_bytes != request_.n_bytes)) {
            LECTERN_TRY(begin_anew());
            return wrong_bytes();
        }
        if (is_anew && part_.n_bytes() > 0) LECTERN_TRY(begin_anew());
        return own(part_.set_origin(url, head.validator));
    }

    Status take_body(std::span<const std::byte> bytes) {
        if (part_.n_bytes() + static_cast<std::int64_t>(bytes.size()) > request_.n_bytes) {
            LECTERN_TRY(begin_anew());
            return wrong_bytes();
        }
        LECTERN_TRY(own(part_.append(bytes)));
        sha_.add(bytes);
        tell(part_.n_bytes(), false);
        return {};
    }

    void tell(std::int64_t done, bool checking) {
        const double now = watch_.ms();
        if (!on_progress_ || (now - told_ms_ < kReportMs && done < request_.n_bytes)) return;
        told_ms_ = now;
        DownloadProgress progress{.bytes_done = done, .bytes_total = request_.n_bytes};
        progress.checking = checking;
        if (!checking) progress.bytes_per_s = rate_.add(now, done);
        if (progress.bytes_per_s > 0)
            progress.seconds_left =
                static_cast<double>(request_.n_bytes - done) / progress.bytes_per_s;
        on_progress_(progress);
    }

    /// What fails here, no other address makes better.
    Status own(Status status) {
        if (!status) own_failure_ = true;
        return status;
    }

    HttpClient& client_;
    const DownloadRequest& request_;
    PartFile part_;
    const OnDownloadProgress& on_progress_;
    std::stop_token stop_;
    Sha256 sha_;
    RateMeter rate_;
    Stopwatch watch_;
    double told_ms_ = -1e9;
    bool own_failure_ = false;
};

/// true: the target has exactly these bytes.
Result<bool> is_there(const DownloadRequest& request, const OnDownloadProgress& on_progress,
                      const std::stop_token& stop) {
    std::error_code missing;
    const auto n_bytes = std::filesystem::file_size(request.target, missing);
    if (missing || static_cast<std::int64_t>(n_bytes) != request.n_bytes) return false;
    const auto tell = [&](std::int64_t done) {
        if (on_progress)
            on_progress({.bytes_done = done, .bytes_total = request.n_bytes, .checking = true});
    };
    LECTERN_ASSIGN(const std::string sha256, sha256_of(request.target, tell, stop));
    return sha256 == request.sha256;
}

}  // namespace

Status download(HttpClient& client, const DownloadRequest& request,
                const OnDownloadProgress& on_progress, std::stop_token stop) {
    LECTERN_ASSIGN(const bool there, is_there(request, on_progress, stop));
    if (there) return {};
    LECTERN_TRY(client.allowed());
    LECTERN_ASSIGN(PartFile part, PartFile::open(request.target, request.sha256, request.n_bytes));
    return Transfer(client, request, std::move(part), on_progress, std::move(stop)).run();
}

}  // namespace lectern
