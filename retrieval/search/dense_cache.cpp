#include "retrieval/search/dense_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "engine/base/mapped_file.h"

namespace lectern {
namespace {

constexpr char kMagic[8] = {'L', 'E', 'C', 'T', 'D', 'N', 'S', '1'};

/// What stands before FAISS' own bytes; little endian, as all machines we build for are.
struct Header {
    char magic[8];
    std::uint8_t embedder[16];
    VectorGeneration generation;
    std::uint64_t payload_bytes;
    std::uint64_t payload_hash;  ///< hash64
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) == 64);

/// The payload, if header and payload are whole and of this embedder.
std::optional<std::pair<Header, std::span<const std::byte>>> check(std::span<const std::byte> bytes,
                                                                   const Hash128& embedder) {
    Header header{};
    if (bytes.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::span<const std::byte> payload = bytes.subspan(sizeof header);
    const bool whole = std::memcmp(header.magic, kMagic, sizeof kMagic) == 0 &&
                       std::memcmp(header.embedder, embedder.bytes.data(), 16) == 0 &&
                       header.payload_bytes == payload.size() &&
                       header.payload_hash == hash64(payload);
    if (!whole) return std::nullopt;
    return std::pair(header, payload);
}

Error write_error(const std::filesystem::path& path, int error) {
    const ErrorCode code = error == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo;
    return {code, "Cannot write " + path.string() + ": " + std::strerror(error) + ".", ""};
}

bool write_all(int fd, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

}  // namespace

std::filesystem::path dense_cache_file(const std::filesystem::path& library_folder) {
    return library_folder / "dense.faiss";
}

std::optional<CachedDenseIndex> read_dense_cache(const std::filesystem::path& library_folder,
                                                 const Hash128& embedder, int dimensions,
                                                 const VectorGeneration& now) {
    const auto file = MappedFile::open(dense_cache_file(library_folder));
    if (!file) return std::nullopt;
    const auto checked = check(file->bytes(), embedder);
    if (!checked) return std::nullopt;
    const VectorGeneration& then = checked->first.generation;
    if (then.epoch != now.epoch || then.removals != now.removals || then.last_row > now.last_row)
        return std::nullopt;
    auto index = DenseIndex::deserialize(checked->second, dimensions);
    if (!index) return std::nullopt;
    return CachedDenseIndex{std::move(*index), then};
}

Status write_dense_cache(const std::filesystem::path& library_folder, const Hash128& embedder,
                         const DenseIndex& index, const VectorGeneration& generation) {
    LECTERN_ASSIGN(const auto bytes, index.serialize());
    const auto payload = std::as_bytes(std::span(bytes));
    Header header{};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    std::memcpy(header.embedder, embedder.bytes.data(), sizeof header.embedder);
    header.generation = generation;
    header.payload_bytes = payload.size();
    header.payload_hash = hash64(payload);

    std::string temporary = dense_cache_file(library_folder).string() + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0) return tl::unexpected<Error>(write_error(temporary, errno));
    const bool written = write_all(fd, std::as_bytes(std::span(&header, 1))) &&
                         write_all(fd, payload) && ::fsync(fd) == 0;
    const int error = errno;
    ::close(fd);
    if (written && ::rename(temporary.c_str(), dense_cache_file(library_folder).c_str()) == 0)
        return {};
    const int reason = written ? errno : error;
    ::unlink(temporary.c_str());
    return tl::unexpected<Error>(write_error(dense_cache_file(library_folder), reason));
}

}  // namespace lectern
