// Bytes that begin at a page: stored layers are read into them and used in place.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace lectern {

/// Owns n_bytes of uninitialised memory at a multiple of kAlignment. Throws std::bad_alloc.
class AlignedBuffer {
  public:
    static constexpr std::size_t kAlignment = 4096;

    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t n_bytes) : n_bytes_(n_bytes) {
        const std::size_t rounded = (n_bytes + kAlignment - 1) / kAlignment * kAlignment;
        data_.reset(static_cast<std::byte*>(std::aligned_alloc(kAlignment, rounded)));
        if (data_ == nullptr && rounded > 0) throw std::bad_alloc();
    }

    std::span<std::byte> bytes() { return {data_.get(), n_bytes_}; }
    std::span<const std::byte> bytes() const { return {data_.get(), n_bytes_}; }
    explicit operator bool() const { return data_ != nullptr; }

  private:
    struct Free {
        void operator()(std::byte* p) const { std::free(p); }
    };
    std::unique_ptr<std::byte[], Free> data_;
    std::size_t n_bytes_ = 0;
};

}  // namespace lectern
