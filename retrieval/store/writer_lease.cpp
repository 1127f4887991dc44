#include "retrieval/store/writer_lease.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "retrieval/store/connection.h"

namespace lectern {
namespace {

int open_lock(const std::filesystem::path& folder) {
    return ::open(writer_lock_file(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
}

bool lock(int fd, int how) {
    // is_taken() holds a shared lock for an instant: that must not look like a writer.
    constexpr int kTries = 5;
    for (int i = 0; i < kTries; ++i) {
        if (::flock(fd, how | LOCK_NB) == 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
}

}  // namespace

Result<WriterLease> WriterLease::take(const std::filesystem::path& folder) {
    const int fd = open_lock(folder);
    if (fd < 0) {
        const bool read_only = errno == EROFS || errno == EACCES || errno == EPERM;
        return fail(
            read_only ? ErrorCode::kReadOnly : ErrorCode::kIo,
            "The library in " + folder.string() + " cannot be written: " + std::strerror(errno) +
                ".",
            read_only ? "Searching and asking work; to index, make the folder writable." : "");
    }
    WriterLease lease(fd);
    if (lock(fd, LOCK_EX)) return lease;
    return fail(ErrorCode::kBusy,
                "Another Lectern is indexing the library in " + folder.string() + ".",
                "Wait until it is done; searching and asking work meanwhile.");
}

bool WriterLease::is_taken(const std::filesystem::path& folder) {
    const int fd = ::open(writer_lock_file(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const WriterLease closes(fd);
    return !lock(fd, LOCK_SH);
}

WriterLease::~WriterLease() {
    if (fd_ >= 0) ::close(fd_);
}

bool is_writable_folder(const std::filesystem::path& folder) {
    const int fd = open_lock(folder);
    if (fd < 0) return errno != EROFS && errno != EACCES && errno != EPERM;
    ::close(fd);
    return true;
}

}  // namespace lectern
