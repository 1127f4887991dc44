// Keeps a dense index in memory in step with the library's vectors.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "retrieval/index/dense_index.h"
#include "retrieval/store/library.h"

namespace lectern {

/// One thread at a time. `library` must outlive it.
class DenseFollower {
  public:
    DenseFollower(const Library& library, const Hash128& embedder, int dimensions);

    /// Takes over what was committed since the last call; the first one reads the cache file.
    /// Errors as Library's and DenseIndex's.
    Status follow();
    /// Writes the cache file if it lags behind. A file that cannot be written costs time at the
    /// next start, nothing else: it is logged.
    void save();
    /// The `limit` best chunks by their best windows, best first. Pre: follow() succeeded.
    Result<std::vector<ScoredChunk>> nearest(std::span<const float> query, int limit) const;
    /// The best among these chunks (ascending ids), as many as there are up to `limit`.
    Result<std::vector<ScoredChunk>> nearest_among(std::span<const std::int64_t> chunks,
                                                   std::span<const float> query, int limit) const;

  private:
    using Search = std::function<Result<std::vector<Neighbour>>(int k)>;
    Result<std::vector<ScoredChunk>> best_chunks(const Search& search, int limit) const;
    void load(const VectorGeneration& now);
    Status drop_removed();
    Status add_new();

    const Library& library_;
    Hash128 embedder_;
    DenseIndex index_;
    VectorGeneration generation_;  ///< that index_ shows
    VectorGeneration saved_;       ///< that the cache file shows
    bool loaded_ = false;
};

}  // namespace lectern
