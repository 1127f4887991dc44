// A file that is being downloaded: NAME.part beside where it will be, and NAME.part.json with what
// it is a part of, so that another run of the program can go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "app/core/sha256.h"
#include "engine/base/result.h"

namespace lectern {

/// What the bytes of a part are the beginning of.
struct PartOrigin {
    std::string sha256;        ///< of the whole
    std::int64_t n_bytes = 0;  ///< of the whole
    std::string url;           ///< the address that its bytes came from
    std::string validator;     ///< of that address: HttpHead::validator
    bool operator==(const PartOrigin&) const = default;
};

/// Locked against other processes while it lives. One thread at a time.
class PartFile {
  public:
    /// Goes on with what is there of the same whole, else begins anew. Makes the folder. kBusy:
    /// another program downloads it; kReadOnly, kDiskFull, kIo.
    static Result<PartFile> open(const std::filesystem::path& target, const std::string& sha256,
                                 std::int64_t n_bytes);
    PartFile(PartFile&& other) noexcept;
    PartFile& operator=(PartFile&&) = delete;
    ~PartFile();

    std::int64_t n_bytes() const { return n_bytes_; }
    const PartOrigin& origin() const { return origin_; }

    /// kDiskFull, kIo: what was there stays.
    Status append(std::span<const std::byte> bytes);
    /// Nothing is left of it.
    Status restart();
    /// Before the first byte from an address.
    Status set_origin(const std::string& url, const std::string& validator);
    /// Adds what is there. kIo, kCancelled.
    Status add_to(Sha256& sha, const std::function<void(std::int64_t)>& on_done,
                  std::stop_token stop) const;
    /// It is on the disk and has its name; nothing else is left. Pre: it is whole.
    Status finish();

  private:
    PartFile(std::filesystem::path target, int file);

    std::filesystem::path target_;
    int file_ = -1;
    std::int64_t n_bytes_ = 0;
    PartOrigin origin_;
};

/// Of an unfinished download; nothing: there is none, or it is of another version.
std::optional<PartOrigin> unfinished_origin(const std::filesystem::path& target);

/// Bytes that are there of an unfinished download; 0: none.
std::int64_t unfinished_bytes(const std::filesystem::path& target);

/// Drops an unfinished download. kBusy: it is under way; kReadOnly, kIo.
Status discard_unfinished(const std::filesystem::path& target);

}  // namespace lectern
