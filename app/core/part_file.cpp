#include "app/core/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/core/whole_file.h"
#include "engine/base/file_system.h"

namespace lectern {
namespace {

std::filesystem::path beside(std::filesystem::path target, const char* extension) {
    return target += extension;
}
std::filesystem::path part_path(const std::filesystem::path& target) {
    return beside(target, ".part");
}
std::filesystem::path origin_path(const std::filesystem::path& target) {
    return beside(target, ".part.json");
}

tl::unexpected<Error> system_failure(const std::filesystem::path& path, int error) {
    const std::string name = path.filename().string();
    if (error == ENOSPC || error == EDQUOT)
        return fail(ErrorCode::kDiskFull, "The disk is full: " + name + " cannot be written.",
                    "Free some space and go on; what is there already is kept.");
    if (error == EACCES || error == EPERM || error == EROFS)
        return fail(ErrorCode::kReadOnly,
                    "Nothing may be written to " + path.parent_path().string() + ".",
                    "Make that folder writable.");
    return fail(ErrorCode::kIo, name + " cannot be written: " + std::strerror(error) + ".",
                "Check the disk.");
}

PartOrigin read_origin(const std::filesystem::path& path) {
    std::ifstream file(path);
    const auto json = nlohmann::json::parse(file, nullptr, false);
    if (!json.is_object()) return {};
    try {
        return {json.at("sha256"), json.at("bytes"), json.at("url"), json.at("validator")};
    } catch (const nlohmann::json::exception&) {
        return {};  // of another version: its part is begun anew
    }
}

/// Opened and locked; −1 with errno set.
int open_locked(const std::filesystem::path& path, int flags) {
    const int file = open(path.c_str(), flags | O_RDWR | O_CLOEXEC, 0644);
    if (file < 0) return -1;
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
    close(file);
    errno = EWOULDBLOCK;
    return -1;
}

tl::unexpected<Error> busy(const std::filesystem::path& target) {
    return fail(ErrorCode::kBusy,
                target.filename().string() + " is already being downloaded by another Lectern.",
                "Wait for it, or stop it there.");
}

}  // namespace

PartFile::PartFile(std::filesystem::path target, int file)
    : target_(std::move(target)), file_(file) {}

PartFile::PartFile(PartFile&& other) noexcept
    : target_(std::move(other.target_)),
      file_(std::exchange(other.file_, -1)),
      n_bytes_(other.n_bytes_),
      origin_(std::move(other.origin_)) {}

PartFile::~PartFile() {
    if (file_ >= 0) close(file_);
}

Result<PartFile> PartFile::open(const std::filesystem::path& target, const std::string& sha256,
                                std::int64_t n_bytes) {
    LECTERN_TRY(posix_file_system().create_folder(target.parent_path()));
    const int file = open_locked(part_path(target), O_CREAT);
    if (file < 0) {
        if (errno == EWOULDBLOCK) return busy(target);
        return system_failure(part_path(target), errno);
    }
    PartFile part(target, file);
    part.n_bytes_ = lseek(file, 0, SEEK_END);
    part.origin_ = read_origin(origin_path(target));
    const bool same = part.origin_.sha256 == sha256 && part.origin_.n_bytes == n_bytes;
    if (!same || part.n_bytes_ > n_bytes) {
        part.origin_ = {.sha256 = sha256, .n_bytes = n_bytes, .url = "", .validator = ""};
        LECTERN_TRY(part.restart());
    }
    return part;
}

Status PartFile::append(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t n = pwrite(file_, bytes.data(), bytes.size(), n_bytes_);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return system_failure(part_path(target_), n < 0 ? errno : ENOSPC);
        n_bytes_ += n;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

Status PartFile::restart() {
    if (ftruncate(file_, 0) != 0) return system_failure(part_path(target_), errno);
    n_bytes_ = 0;
    return {};
}

Status PartFile::set_origin(const std::string& url, const std::string& validator) {
    PartOrigin origin = origin_;
    origin.url = url;
    origin.validator = validator;
    const std::string json = nlohmann::json({{"sha256", origin.sha256},
                                             {"bytes", origin.n_bytes},
                                             {"url", origin.url},
                                             {"validator", origin.validator}})
                                 .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    LECTERN_TRY(write_whole_file(origin_path(target_), {std::as_bytes(std::span(json))}));
    origin_ = origin;
    return {};
}

Status PartFile::add_to(Sha256& sha, const std::function<void(std::int64_t)>& on_done,
                        std::stop_token stop) const {
    return add_file(sha, file_, n_bytes_, on_done, std::move(stop));
}

Status PartFile::finish() {
    if (fsync(file_) != 0) return system_failure(part_path(target_), errno);
    FileSystem& files = posix_file_system();
    LECTERN_TRY(files.rename(part_path(target_), target_));
    LECTERN_TRY(files.remove(origin_path(target_)));
    return files.sync_folder(target_.parent_path());
}

std::optional<PartOrigin> unfinished_origin(const std::filesystem::path& target) {
    PartOrigin origin = read_origin(origin_path(target));
    return origin.sha256.empty() ? std::nullopt : std::optional(std::move(origin));
}

std::int64_t unfinished_bytes(const std::filesystem::path& target) {
    std::error_code missing;
    const auto n_bytes = std::filesystem::file_size(part_path(target), missing);
    return missing ? 0 : static_cast<std::int64_t>(n_bytes);
}

Status discard_unfinished(const std::filesystem::path& target) {
    const int file = open_locked(part_path(target), 0);
    if (file < 0 && errno == EWOULDBLOCK) return busy(target);
    if (file >= 0) close(file);
    LECTERN_TRY(posix_file_system().remove(part_path(target)));
    return posix_file_system().remove(origin_path(target));
}

}  // namespace lectern
