// The lease of a library's one writer: an advisory lock on writer.lock, which the system gives back
// when a process dies.
#pragma once

#include <filesystem>
#include <utility>

#include "engine/base/result.h"

namespace lectern {

class WriterLease {
  public:
    /// kBusy: held by another WriterLease, in this process or another. kReadOnly, kIo: the lock
    /// file cannot be opened.
    static Result<WriterLease> take(const std::filesystem::path& folder);
    /// Whether somebody holds it now.
    static bool is_taken(const std::filesystem::path& folder);

    WriterLease(WriterLease&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    WriterLease& operator=(WriterLease&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    WriterLease(const WriterLease&) = delete;
    WriterLease& operator=(const WriterLease&) = delete;
    ~WriterLease();

  private:
    explicit WriterLease(int fd) : fd_(fd) {}
    int fd_ = -1;
};

/// Whether files can be written in `folder`.
bool is_writable_folder(const std::filesystem::path& folder);

}  // namespace lectern
