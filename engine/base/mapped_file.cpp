#include "engine/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace lectern {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // O_NONBLOCK: a pipe without a writer is refused below instead of waited for.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
        return fail(code, "Cannot open " + path.string() + ": " + std::strerror(errno) + ".");
    }
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(fd);
        return fail(ErrorCode::kIo, path.string() + " is not a regular file.");
    }
    MappedFile file;
    file.size_ = static_cast<std::size_t>(info.st_size);
    if (file.size_ > 0) {
        void* data = ::mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED) {
            const std::string reason = std::strerror(errno);
            ::close(fd);
            return fail(ErrorCode::kIo, "Cannot map " + path.string() + ": " + reason + ".");
        }
        file.data_ = static_cast<const std::byte*>(data);
    }
    ::close(fd);
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

// Advice: where the system does not take it, more is read.
SampledAccess::SampledAccess(std::span<const std::byte> mapped) : mapped_(mapped) {
    if (!mapped.empty())
        ::madvise(const_cast<std::byte*>(mapped.data()), mapped.size(), MADV_RANDOM);
}

SampledAccess::~SampledAccess() {
    if (!mapped_.empty())
        ::madvise(const_cast<std::byte*>(mapped_.data()), mapped_.size(), MADV_NORMAL);
}

void release_pages(std::span<const std::byte> mapped) {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
    const std::uintptr_t first = (begin + page - 1) / page * page;
    const std::uintptr_t end = (begin + mapped.size()) / page * page;
    // Advice: where the system does not take it, the pages stay.
    if (first < end) ::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
}

}  // namespace lectern
