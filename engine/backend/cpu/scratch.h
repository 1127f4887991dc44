// Memory that grows to the largest need seen and is then reused: operations allocate nothing once
// warm.
#pragma once

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace lectern {

/// Bytes on a cache line's boundary, or null when the system has none left. Large ones ask for
/// huge pages: streaming through small ones waits for the page tables.
inline void* allocate_aligned(std::size_t n_bytes) {
    constexpr std::size_t kHuge = std::size_t{2} << 20;
    const std::size_t alignment = n_bytes >= 2 * kHuge ? kHuge : 64;
    void* p = std::aligned_alloc(alignment, (n_bytes / alignment + 1) * alignment);
#if defined(__linux__)
    if (p && alignment == kHuge) madvise(p, n_bytes, MADV_HUGEPAGE);
#endif
    return p;
}

struct FreeAligned {
    void operator()(void* p) const { std::free(p); }
};
using AlignedBytes = std::unique_ptr<void, FreeAligned>;

/// One thread's. The contents do not survive a call of get().
class Scratch {
  public:
    /// Room for n elements; throws bad_alloc.
    template <class T>
    T* get(std::size_t n) {
        if (n * sizeof(T) > n_bytes_) {
            bytes_.reset();
            n_bytes_ = 0;
            bytes_.reset(allocate_aligned(n * sizeof(T)));
            if (!bytes_) throw std::bad_alloc();
            n_bytes_ = n * sizeof(T);
        }
        return static_cast<T*>(bytes_.get());
    }

  private:
    AlignedBytes bytes_;
    std::size_t n_bytes_ = 0;
};

}  // namespace lectern
