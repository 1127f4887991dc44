#include "retrieval/search/searcher.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "retrieval/index/lexical_query.h"
#include "retrieval/search/dense_follower.h"
#include "retrieval/search/rank_fusion.h"

namespace lectern {
namespace {

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

SearchHit make_hit(const FusedChunk& fused, ChunkRecord&& chunk) {
    SearchHit hit;
    hit.chunk_id = chunk.id;
    hit.path = std::move(chunk.path);
    hit.title = std::move(chunk.title);
    hit.heading_path = std::move(chunk.heading_path);
    hit.page = chunk.page;
    hit.text = std::move(chunk.text);
    hit.sources = std::move(chunk.sources);
    hit.stamp = chunk.stamp;
    hit.score = fused.score;
    hit.dense_rank = fused.dense_rank;
    hit.lexical_rank = fused.lexical_rank;
    hit.dense_score = fused.dense_score;
    hit.lexical_score = fused.lexical_score;
    return hit;
}

}  // namespace

struct Searcher::State {
    const Library& library;
    Embedder* embedder;
    SearchOptions options;
    std::mutex mutex;  ///< of dense
    std::optional<DenseFollower> dense;

    using Ranking = Result<std::vector<ScoredChunk>>;

    using Scope = std::span<const std::filesystem::path>;

    Ranking rank_dense(Scope scope, std::string_view query, int limit) {
        if (embedder == nullptr) return std::vector<ScoredChunk>();
        LECTERN_ASSIGN(const auto vector, embedder->embed_question(query));
        const std::lock_guard lock(mutex);
        LECTERN_TRY(dense->follow());
        if (scope.empty()) return dense->nearest(vector, limit);
        LECTERN_ASSIGN(const auto chunks, library.chunks_within(scope));
        return dense->nearest_among(chunks, vector, limit);
    }

    Ranking rank_lexical(Scope scope, std::string_view query, int limit) const {
        const auto expression = lexical_query(query);
        if (!expression) return std::vector<ScoredChunk>();
        if (scope.empty()) return library.match(*expression, limit);
        return library.match_within(scope, *expression, limit);
    }

    /// The first k that are still there, the same text once.
    Result<std::vector<SearchHit>> take(const std::vector<FusedChunk>& ranking,
                                        std::size_t k) const {
        std::vector<SearchHit> hits;
        std::set<std::string> texts;
        for (const FusedChunk& fused : ranking) {
            if (hits.size() == k) break;
            LECTERN_ASSIGN(auto chunks, library.chunks(std::span(&fused.chunk_id, 1)));
            if (!chunks.empty() && texts.insert(chunks.front().text).second)
                hits.push_back(make_hit(fused, std::move(chunks.front())));
        }
        return hits;
    }
};

Searcher::Searcher(const Library& library, Embedder* embedder, const SearchOptions& options)
    : state_(new State{library, embedder, options, {}, {}}) {
    if (embedder != nullptr)
        state_->dense.emplace(library, embedder->fingerprint(), embedder->dimensions());
}
Searcher::~Searcher() = default;

Result<std::vector<SearchHit>> Searcher::search(std::string_view query, int k) {
    return search_within({}, query, k);
}

Result<std::vector<SearchHit>> Searcher::search_within(std::span<const std::filesystem::path> scope,
                                                       std::string_view query, int k) {
    if (is_blank(query)) return fail(ErrorCode::kInvalidArgument, "The question is empty.");
    if (k < 1)
        return fail(ErrorCode::kInvalidArgument, "The number of passages must be at least 1.");
    const SearchOptions& options = state_->options;
    const int limit = std::max(options.candidates, k);
    LECTERN_ASSIGN(const auto dense, state_->rank_dense(scope, query, limit));
    LECTERN_ASSIGN(const auto lexical, state_->rank_lexical(scope, query, limit));
    const auto ranking = fuse_ranks(
        dense, lexical, {options.rank_constant, options.dense_weight, options.lexical_weight});
    return state_->take(ranking, static_cast<std::size_t>(k));
}

Status Searcher::refresh() {
    if (!state_->dense) return {};
    const std::lock_guard lock(state_->mutex);
    LECTERN_TRY(state_->dense->follow());
    state_->dense->save();
    return {};
}

}  // namespace lectern
