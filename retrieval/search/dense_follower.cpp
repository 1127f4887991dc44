#include "retrieval/search/dense_follower.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "retrieval/search/dense_cache.h"

namespace lectern {
namespace {

constexpr int kVectorsAtOnce = 4096;

}  // namespace

DenseFollower::DenseFollower(const Library& library, const Hash128& embedder, int dimensions)
    : library_(library), embedder_(embedder), index_(dimensions) {}

Status DenseFollower::follow() {
    LECTERN_ASSIGN(const VectorGeneration now, library_.vector_generation());
    if (!loaded_) load(now);
    if (generation_ == now) return {};
    if (generation_.epoch != now.epoch || generation_.last_row > now.last_row) {
        index_ = DenseIndex(index_.dimensions());
        generation_ = {now.epoch, 0, now.removals};
    }
    if (generation_.removals != now.removals) LECTERN_TRY(drop_removed());
    LECTERN_TRY(add_new());
    // Of other embedders' rows there is nothing to add; rows that came since `now` are in already.
    generation_ = {now.epoch, std::max(generation_.last_row, now.last_row), now.removals};
    return {};
}

void DenseFollower::load(const VectorGeneration& now) {
    loaded_ = true;
    generation_ = {now.epoch, 0, now.removals};
    auto cached = read_dense_cache(library_.folder(), embedder_, index_.dimensions(), now);
    if (!cached) return;
    index_ = std::move(cached->index);
    generation_ = saved_ = cached->generation;
}

/// Chunk ids are never used twice, so an id that is still there still means the same vector.
Status DenseFollower::drop_removed() {
    LECTERN_ASSIGN(const auto there, library_.vector_ids(embedder_));
    const std::vector<std::int64_t> have = index_.ids();
    std::vector<std::int64_t> gone;
    std::set_difference(have.begin(), have.end(), there.begin(), there.end(),
                        std::back_inserter(gone));
    return gone.empty() ? Status() : index_.remove(gone);
}

Status DenseFollower::add_new() {
    while (true) {
        LECTERN_ASSIGN(const auto rows,
                       library_.vectors_after(embedder_, generation_.last_row, kVectorsAtOnce));
        if (rows.empty()) return {};
        std::vector<std::int64_t> ids;
        std::vector<float> vectors;
        for (const StoredVector& row : rows) {
            const std::int64_t id = pack_vector_id(row.chunk, row.window);
            const bool fits = row.vector.size() == static_cast<std::size_t>(index_.dimensions());
            if (!fits || index_.contains(id)) continue;
            ids.push_back(id);
            vectors.insert(vectors.end(), row.vector.begin(), row.vector.end());
        }
        if (!ids.empty()) LECTERN_TRY(index_.add(ids, vectors));
        generation_.last_row = rows.back().row;
    }
}

void DenseFollower::save() {
    if (!loaded_ || saved_ == generation_ || library_.read_only()) return;
    const Status written = write_dense_cache(library_.folder(), embedder_, index_, generation_);
    if (written) {
        saved_ = generation_;
    } else {
        spdlog::warn("{}", written.error().text());
    }
}

Result<std::vector<ScoredChunk>> DenseFollower::nearest(std::span<const float> query,
                                                        int limit) const {
    return best_chunks([&](int k) { return index_.search(query, k); }, limit);
}

Result<std::vector<ScoredChunk>> DenseFollower::nearest_among(std::span<const std::int64_t> chunks,
                                                              std::span<const float> query,
                                                              int limit) const {
    const auto among = [&](std::int64_t id) {
        return std::binary_search(chunks.begin(), chunks.end(), chunk_of_vector_id(id));
    };
    return best_chunks([&](int k) { return index_.search_among(query, k, among); }, limit);
}

Result<std::vector<ScoredChunk>> DenseFollower::best_chunks(const Search& search, int limit) const {
    std::vector<ScoredChunk> chunks;
    const auto wanted = static_cast<std::size_t>(limit);
    // Windows of one chunk crowd out others: look further until there are enough chunks.
    for (std::int64_t k = 2LL * limit; chunks.size() < wanted; k *= 4) {
        const int n = static_cast<int>(std::min(k, index_.size()));
        LECTERN_ASSIGN(const auto windows, search(n));
        chunks.clear();
        std::set<std::int64_t> seen;
        for (const Neighbour& window : windows)
            if (seen.insert(chunk_of_vector_id(window.id)).second)
                chunks.push_back({chunk_of_vector_id(window.id), window.score});
        if (static_cast<int>(windows.size()) < n || k >= index_.size()) break;
    }
    if (chunks.size() > wanted) chunks.resize(wanted);
    return chunks;
}

}  // namespace lectern
