#include "app/core/network_log.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace lectern {
namespace {

constexpr std::size_t kLongestPath = 300;
constexpr std::size_t kLongestLine = 1024;  ///< about: for deciding when the file is cut

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::string line_of(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

}  // namespace

NetworkLog::NetworkLog(std::filesystem::path file, std::size_t n_kept)
    : file_(std::move(file)), n_kept_(n_kept) {}

Result<std::string> NetworkLog::begin(const NetworkAccess& access) {
    const std::lock_guard lock(mutex_);
    cut();
    const std::int64_t time = now_ms();
    const std::string name =
        std::to_string(getpid()) + "-" + std::to_string(time) + "-" + std::to_string(++n_begun_);
    std::string path = access.path;
    if (path.size() > kLongestPath) path = path.substr(0, kLongestPath) + "…";
    LECTERN_TRY(append(line_of({{"name", name},
                                {"time", time},
                                {"method", access.method},
                                {"host", access.host},
                                {"path", path},
                                {"via", access.via}})));
    return name;
}

Status NetworkLog::end(const std::string& name, std::int64_t n_bytes, const std::string& outcome) {
    const std::lock_guard lock(mutex_);
    return append(line_of({{"name", name}, {"bytes", n_bytes}, {"outcome", outcome}}));
}

std::vector<NetworkAccess> NetworkLog::read() const {
    const std::lock_guard lock(mutex_);
    std::vector<NetworkAccess> accesses;
    std::map<std::string, std::size_t> places;
    for (const std::string& line : lines_of(file_)) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (!json.is_object()) continue;
        try {
            const std::string name = json.at("name");
            if (json.contains("method")) {
                places[name] = accesses.size();
                accesses.push_back({json.at("time"), json.at("method"), json.at("host"),
                                    json.at("path"), json.at("via"), 0, "under way"});
            } else if (const auto place = places.find(name); place != places.end()) {
                accesses[place->second].n_bytes = json.at("bytes");
                accesses[place->second].outcome = json.at("outcome");
            }
        } catch (const nlohmann::json::exception&) {
            continue;  // a line of another version
        }
    }
    std::reverse(accesses.begin(), accesses.end());
    return accesses;
}

/// One write a line, so that several processes' lines do not mix.
Status NetworkLog::append(const std::string& line) {
    std::error_code unmade;  // said by open
    std::filesystem::create_directories(file_.parent_path(), unmade);
    const int file = open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
        flock(file, LOCK_SH);  // not while another process cuts it
        const ssize_t n = write(file, line.data(), line.size());
        const int failed = n == static_cast<ssize_t>(line.size()) ? 0 : n < 0 ? errno : ENOSPC;
        close(file);
        if (failed == 0) return {};
        errno = failed;
    }
    const ErrorCode code = errno == ENOSPC                     ? ErrorCode::kDiskFull
                           : errno == EACCES || errno == EROFS ? ErrorCode::kReadOnly
                                                               : ErrorCode::kIo;
    return fail(code,
                "The log of network accesses, " + file_.string() +
                    ", cannot be written: " + std::strerror(errno) + ".",
                "Nothing is fetched without it. Make room there, or make the folder writable.");
}

/// Keeps the newest; what cannot be cut is kept whole and tried again with the next access.
void NetworkLog::cut() {
    std::error_code missing;
    const auto n_bytes = std::filesystem::file_size(file_, missing);
    if (missing || n_bytes < n_kept_ * 100) return;  // two lines an access, each of 50 and more
    const int file = open(file_.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    flock(file, LOCK_EX);
    const std::vector<std::string> lines = lines_of(file_);
    if (lines.size() > 4 * n_kept_ || n_bytes > 2 * n_kept_ * kLongestLine) {
        std::string kept;
        for (std::size_t i = lines.size() - std::min(lines.size(), 2 * n_kept_); i < lines.size();
             ++i)
            kept += lines[i] + "\n";
        const bool whole = ftruncate(file, 0) == 0 && pwrite(file, kept.data(), kept.size(), 0) ==
                                                          static_cast<ssize_t>(kept.size());
        if (!whole)
            spdlog::warn("The log of network accesses could not be shortened: {}",
                         std::strerror(errno));
    }
    close(file);
}

}  // namespace lectern
