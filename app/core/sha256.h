// SHA-256 of bytes as they come, and of a file: what a download is checked by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "engine/base/result.h"

struct evp_md_ctx_st;

namespace lectern {

/// One thread at a time.
class Sha256 {
  public:
    Sha256();
    void add(std::span<const std::byte> bytes);
    /// Of everything added: 64 lower-case hexadecimal digits. Begins anew behind it.
    std::string take_hex();

  private:
    struct Deleter {
        void operator()(evp_md_ctx_st* context) const;
    };
    void begin();

    std::unique_ptr<evp_md_ctx_st, Deleter> context_;
};

/// Adds the first n_bytes of an open file. kIo, kCancelled; kCorrupt: it is shorter.
/// on_done: bytes so far.
Status add_file(Sha256& sha, int file, std::int64_t n_bytes,
                const std::function<void(std::int64_t)>& on_done, std::stop_token stop);

/// kNotFound, kIo, kCancelled.
Result<std::string> sha256_of(const std::filesystem::path& path,
                              const std::function<void(std::int64_t)>& on_done,
                              std::stop_token stop);

}  // namespace lectern
