#include "retrieval/document/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

/// An open descriptor, closed at the end.
class Descriptor {
  public:
    explicit Descriptor(const std::filesystem::path& path)
        : fd_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

tl::unexpected<Error> system_failure(const std::filesystem::path& path, int error) {
    if (error == ENOENT || error == ENOTDIR)
        return fail(ErrorCode::kNotFound, shown_name(path) + " does not exist.");
    if (error == EACCES || error == EPERM)
        return fail(ErrorCode::kIo, shown_name(path) + " may not be read by this user.",
                    "Check its permissions.");
    if (error == ENXIO)
        return fail(ErrorCode::kUnsupported, shown_name(path) + " is not a regular file.");
    return fail(ErrorCode::kIo, shown_name(path) + " could not be read: " +
                                    std::generic_category().message(error) + ".");
}

Result<std::int64_t> checked_size(const std::filesystem::path& path, int fd) {
    struct stat info = {};
    if (::fstat(fd, &info) != 0) return system_failure(path, errno);
    if (S_ISDIR(info.st_mode))
        return fail(ErrorCode::kUnsupported, shown_name(path) + " is a folder, not a file.");
    if (!S_ISREG(info.st_mode))
        return fail(ErrorCode::kUnsupported, shown_name(path) + " is not a regular file.");
    if (info.st_size == 0) return fail(ErrorCode::kUnsupported, shown_name(path) + " is empty.");
    return static_cast<std::int64_t>(info.st_size);
}

Result<std::string> read_at_most(const std::filesystem::path& path, int fd, std::int64_t n_bytes) {
    std::string bytes(static_cast<std::size_t>(n_bytes), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t n = ::read(fd, bytes.data() + filled, bytes.size() - filled);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure(path, errno);
        if (n == 0) break;  // it shrank while being read
        filled += static_cast<std::size_t>(n);
    }
    bytes.resize(filled);
    if (bytes.empty()) return fail(ErrorCode::kUnsupported, shown_name(path) + " is empty.");
    return bytes;
}

Result<std::int64_t> limited_size(const std::filesystem::path& path, int fd,
                                  std::int64_t max_bytes) {
    LECTERN_ASSIGN(const std::int64_t size, checked_size(path, fd));
    if (size > max_bytes)
        return fail(ErrorCode::kTooLong,
                    shown_name(path) + " is " + std::to_string(size >> 20) + " MB; files over " +
                        std::to_string(max_bytes >> 20) + " MB are not read.",
                    "Split it into parts.");
    return size;
}

}  // namespace

std::string shown_name(const std::filesystem::path& path) {
    const std::filesystem::path name = path.has_filename() ? path.filename() : path;
    return "“" + valid_utf8(name.native()) + "”";
}

Result<std::int64_t> regular_file_size(const std::filesystem::path& path, std::int64_t max_bytes) {
    const Descriptor file(path);
    if (file.get() < 0) return system_failure(path, errno);
    return limited_size(path, file.get(), max_bytes);
}

Result<std::string> read_file_bytes(const std::filesystem::path& path, std::int64_t max_bytes) {
    const Descriptor file(path);
    if (file.get() < 0) return system_failure(path, errno);
    LECTERN_ASSIGN(const std::int64_t size, limited_size(path, file.get(), max_bytes));
    return read_at_most(path, file.get(), size);
}

Result<std::string> read_file_head(const std::filesystem::path& path, std::int64_t n_bytes) {
    const Descriptor file(path);
    if (file.get() < 0) return system_failure(path, errno);
    LECTERN_ASSIGN(const std::int64_t size, checked_size(path, file.get()));
    return read_at_most(path, file.get(), std::min(size, n_bytes));
}

}  // namespace lectern
