#include "app/core/sha256.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

namespace lectern {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;

struct OpenFile {
    int number = -1;
    ~OpenFile() {
        if (number >= 0) close(number);
    }
};

}  // namespace

void Sha256::Deleter::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    begin();
}

void Sha256::begin() {
    if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

void Sha256::add(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha256::take_hex() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    begin();
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : digest) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

Status add_file(Sha256& sha, int file, std::int64_t n_bytes,
                const std::function<void(std::int64_t)>& on_done, std::stop_token stop) {
    std::vector<std::byte> block(kBlockBytes);
    std::int64_t done = 0;
    while (done < n_bytes) {
        if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Checking was stopped.");
        const auto wanted =
            static_cast<std::size_t>(std::min<std::int64_t>(n_bytes - done, kBlockBytes));
        const ssize_t n = pread(file, block.data(), wanted, done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return fail(ErrorCode::kIo,
                        std::string("The file cannot be read: ") + std::strerror(errno) + ".",
                        "Check the disk.");
        if (n == 0) return fail(ErrorCode::kCorrupt, "The file is shorter than it was.");
        sha.add({block.data(), static_cast<std::size_t>(n)});
        done += n;
        if (on_done) on_done(done);
    }
    return {};
}

Result<std::string> sha256_of(const std::filesystem::path& path,
                              const std::function<void(std::int64_t)>& on_done,
                              std::stop_token stop) {
    const OpenFile file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::error_code unreadable;
    const auto n_bytes = std::filesystem::file_size(path, unreadable);
    if (file.number < 0 || unreadable)
        return fail(ErrorCode::kNotFound, path.filename().string() + " cannot be opened.",
                    "Check that it is still there and may be read.");
    Sha256 sha;
    LECTERN_TRY(add_file(sha, file.number, static_cast<std::int64_t>(n_bytes), on_done, stop));
    return sha.take_hex();
}

}  // namespace lectern
