#include "retrieval/search/rank_fusion.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace lectern {

std::vector<FusedChunk> fuse_ranks(std::span<const ScoredChunk> dense,
                                   std::span<const ScoredChunk> lexical,
                                   const RankFusionOptions& options) {
    std::map<std::int64_t, FusedChunk> by_id;
    int rank = 0;
    for (const ScoredChunk& chunk : dense) {
        FusedChunk& fused = by_id[chunk.chunk_id];
        fused.dense_rank = ++rank;
        fused.dense_score = chunk.score;
        fused.score += options.dense_weight / (options.rank_constant + rank);
    }
    rank = 0;
    for (const ScoredChunk& chunk : lexical) {
        FusedChunk& fused = by_id[chunk.chunk_id];
        fused.lexical_rank = ++rank;
        fused.lexical_score = chunk.score;
        fused.score += options.lexical_weight / (options.rank_constant + rank);
    }
    std::vector<FusedChunk> out;
    for (auto& [id, fused] : by_id) {
        fused.chunk_id = id;
        out.push_back(fused);
    }
    const auto key = [](const FusedChunk& fused) {
        const int dense_rank =
            fused.dense_rank == 0 ? std::numeric_limits<int>::max() : fused.dense_rank;
        return std::tuple(-fused.score, dense_rank, fused.chunk_id);
    };
    std::sort(out.begin(), out.end(),
              [&](const FusedChunk& a, const FusedChunk& b) { return key(a) < key(b); });
    return out;
}

}  // namespace lectern
