// Reciprocal rank fusion: two rankings whose scores cannot be compared, made one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "retrieval/store/records.h"

namespace lectern {

struct RankFusionOptions {
    double rank_constant = 60;
    double dense_weight = 1.0;
    double lexical_weight = 1.0;
};

struct FusedChunk {
    std::int64_t chunk_id = 0;
    double score = 0;  ///< Σ weight ÷ (rank_constant + rank) over the rankings it is in
    int dense_rank = 0, lexical_rank = 0;  ///< from 1; 0: not in it
    double dense_score = 0, lexical_score = 0;
};

/// Both rankings best first, a chunk at most once in each. Best first; ties go to the better dense
/// rank, then to the smaller id.
std::vector<FusedChunk> fuse_ranks(std::span<const ScoredChunk> dense,
                                   std::span<const ScoredChunk> lexical,
                                   const RankFusionOptions& options);

}  // namespace lectern
