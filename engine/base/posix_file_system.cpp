#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "engine/base/file_system.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_failure(const std::string& what, const fs::path& path, int error) {
    const std::string message = what + " " + path.string() + ": " + std::strerror(error) + ".";
    switch (error) {
        case ENOENT:
            return fail(ErrorCode::kNotFound, message);
        case ENOSPC:
        case EDQUOT:
            return fail(ErrorCode::kDiskFull, message, "Free some space on the disk.");
        case EROFS:
        case EACCES:
        case EPERM:
            return fail(ErrorCode::kReadOnly, message, "Choose a folder that can be written.");
        default:
            return fail(ErrorCode::kIo, message);
    }
}

/// Owns a file descriptor.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

Result<Descriptor> open_descriptor(const std::string& what, const fs::path& path, int flags) {
    int fd = -1;
    do {
        fd = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) return system_failure(what, path, errno);
    return Descriptor(fd);
}

class PosixReadableFile : public ReadableFile {
  public:
    PosixReadableFile(fs::path path, Descriptor file)
        : path_(std::move(path)), file_(std::move(file)) {}

    Result<std::int64_t> size() const override {
        struct stat info {};
        if (::fstat(file_.get(), &info) != 0) return system_failure("Cannot read", path_, errno);
        return static_cast<std::int64_t>(info.st_size);
    }

    Status read_at(std::int64_t offset, std::span<std::byte> out) const override {
        while (!out.empty()) {
            const ssize_t n = ::pread(file_.get(), out.data(), out.size(), offset);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return system_failure("Cannot read", path_, errno);
            if (n == 0) return fail(ErrorCode::kCorrupt, path_.string() + " ends too early.");
            out = out.subspan(static_cast<std::size_t>(n));
            offset += n;
        }
        return {};
    }

  private:
    fs::path path_;
    Descriptor file_;
};

class PosixWritableFile : public WritableFile {
  public:
    PosixWritableFile(fs::path path, Descriptor file)
        : path_(std::move(path)), file_(std::move(file)) {}

    Status write(std::span<const std::byte> data) override {
        while (!data.empty()) {
            const ssize_t n = ::write(file_.get(), data.data(), data.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return system_failure("Cannot write", path_, errno);
            data = data.subspan(static_cast<std::size_t>(n));
        }
        return {};
    }

    Status sync() override {
        if (::fsync(file_.get()) != 0) return system_failure("Cannot write", path_, errno);
        return {};
    }

  private:
    fs::path path_;
    Descriptor file_;
};

/// flock: released by the system with the descriptor; excludes threads of one process, too, as each
/// lock opens the file anew.
class PosixFileLock : public FileLock {
  public:
    explicit PosixFileLock(Descriptor file) : file_(std::move(file)) {}

  private:
    Descriptor file_;
};

tl::unexpected<Error> change_failure(const std::string& what, const fs::path& path) {
    return system_failure(what, path, errno);
}

class PosixFileSystem : public FileSystem {
  public:
    Result<std::unique_ptr<ReadableFile>> open(const fs::path& path) override {
        auto file = open_descriptor("Cannot open", path, O_RDONLY);
        if (!file) {
            // Not being allowed to read is no word on writing.
            if (file.error().code == ErrorCode::kReadOnly) file.error().code = ErrorCode::kIo;
            return tl::unexpected<Error>(std::move(file).error());
        }
        return std::make_unique<PosixReadableFile>(path, std::move(*file));
    }

    Result<std::unique_ptr<WritableFile>> create(const fs::path& path) override {
        LECTERN_ASSIGN(auto file,
                       open_descriptor("Cannot make", path, O_WRONLY | O_CREAT | O_EXCL));
        return std::make_unique<PosixWritableFile>(path, std::move(file));
    }

    Status rename(const fs::path& from, const fs::path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) return change_failure("Cannot rename", from);
        return {};
    }

    Status remove(const fs::path& path) override {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
            return change_failure("Cannot remove", path);
        }
        return {};
    }

    Status create_folder(const fs::path& path) override {
        std::error_code error;
        fs::create_directories(path, error);
        if (error) return system_failure("Cannot make the folder", path, error.value());
        return {};
    }

    Status sync_folder(const fs::path& path) override {
        LECTERN_ASSIGN(const Descriptor folder,
                       open_descriptor("Cannot open", path, O_RDONLY | O_DIRECTORY));
        if (::fsync(folder.get()) != 0) return change_failure("Cannot write the folder", path);
        return {};
    }

    Result<std::vector<FileEntry>> list(const fs::path& path) override {
        std::vector<FileEntry> entries;
        const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
        if (folder == nullptr && errno == ENOENT) return entries;
        if (folder == nullptr) return system_failure("Cannot list", path, errno);
        errno = 0;
        while (const dirent* entry = ::readdir(folder.get())) {
            struct stat info {};
            const bool gone = ::fstatat(::dirfd(folder.get()), entry->d_name, &info, 0) != 0;
            const std::string name = entry->d_name;
            errno = 0;
            if (gone || name == "." || name == "..") continue;
            entries.push_back({name, S_ISDIR(info.st_mode), std::int64_t{info.st_size}});
        }
        if (errno != 0) return system_failure("Cannot list", path, errno);
        return entries;
    }

    Result<std::int64_t> free_bytes(const fs::path& path) override {
        struct statvfs info {};
        if (::statvfs(path.c_str(), &info) != 0) return change_failure("Cannot look at", path);
        return static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
    }

    std::optional<FileIdentity> identity(const fs::path& path) override {
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0) return std::nullopt;
        return FileIdentity{info.st_dev, info.st_ino};
    }

    Result<std::unique_ptr<FileLock>> lock(const fs::path& path,
                                           std::chrono::milliseconds patience) override {
        LECTERN_ASSIGN(Descriptor file, open_descriptor("Cannot lock", path, O_RDWR | O_CREAT));
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK && errno != EINTR) {
                return system_failure("Cannot lock", path, errno);
            }
            if (std::chrono::steady_clock::now() >= deadline) {
                return fail(ErrorCode::kBusy, "Another program keeps " + path.string() + " locked.",
                            "End it, or try again later.");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return std::make_unique<PosixFileLock>(std::move(file));
    }
};

}  // namespace

FileSystem& posix_file_system() {
    static PosixFileSystem files;
    return files;
}

}  // namespace lectern
