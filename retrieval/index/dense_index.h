// Vectors in memory, the nearest found by inner product: FAISS, behind this one wrapper.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

struct Neighbour {
    std::int64_t id = 0;
    float score = 0;  ///< inner product: the cosine of unit vectors
};

/// Exact search over all vectors (an approximate index can take its place behind the same calls).
/// One thread at a time; runs on the caller's thread alone. Errors: kOutOfMemory, kInternal.
class DenseIndex {
  public:
    explicit DenseIndex(int dimensions);
    ~DenseIndex();
    DenseIndex(DenseIndex&&) noexcept;
    DenseIndex& operator=(DenseIndex&&) noexcept;

    int dimensions() const;
    std::int64_t size() const;
    bool contains(std::int64_t id) const;
    /// Ascending.
    std::vector<std::int64_t> ids() const;

    /// vectors[n, dimensions()] under ids[n], of which none is in the index.
    Status add(std::span<const std::int64_t> ids, std::span<const float> vectors);
    /// Ids that are not there are passed over.
    Status remove(std::span<const std::int64_t> ids);
    /// The k nearest (all, where there are fewer), best first; vectors that are not finite never.
    Result<std::vector<Neighbour>> search(std::span<const float> query, int k) const;
    /// The k nearest among the vectors whose ids `among` takes: all others are passed over, so
    /// that as many are found as there are.
    Result<std::vector<Neighbour>> search_among(
        std::span<const float> query, int k,
        const std::function<bool(std::int64_t id)>& among) const;

    Result<std::vector<std::uint8_t>> serialize() const;
    /// kCorrupt: not what serialize() wrote for `dimensions`. Check a hash of the bytes first:
    /// FAISS gives up on torn ones, but leaks what it had read.
    static Result<DenseIndex> deserialize(std::span<const std::byte> bytes, int dimensions);

  private:
    struct State;
    explicit DenseIndex(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lectern
