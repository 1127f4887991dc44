// Question → hits: dense and lexical search, fused by reciprocal rank.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/store/library.h"

namespace lectern {

struct SearchHit {
    std::int64_t chunk_id = 0;
    std::filesystem::path path;
    std::string title;  ///< the document's; may be empty
    std::string heading_path;
    int page = 0;  ///< 0: the format has no pages
    std::string text;
    std::vector<SourceSpan> sources;
    FileStamp stamp;           ///< of the version that was read
    double score = 0;          ///< fused, best first
    int dense_rank = 0;        ///< from 1; 0: not among the dense candidates
    int lexical_rank = 0;      ///< from 1; 0: not among the lexical candidates
    double dense_score = 0;    ///< cosine of its best window
    double lexical_score = 0;  ///< minus SQLite's bm25
};

struct SearchOptions {
    int candidates = 100;       ///< taken from each of the two
    double rank_constant = 60;  ///< k of reciprocal rank fusion: Σ weight ÷ (k + rank)
    double dense_weight = 1.0;
    double lexical_weight = 1.0;
};

/// Holds the dense index in memory and follows the library: what was committed is found by the next
/// search. Any thread. `library` and `embedder` must outlive it.
class Searcher {
  public:
    /// embedder == nullptr: lexical search alone.
    Searcher(const Library& library, Embedder* embedder, const SearchOptions& options = {});
    ~Searcher();

    /// At most k hits, best first; passages with the same text once. No hits is an empty list.
    /// kInvalidArgument: a query without any text, or k < 1. Other errors as Library's and
    /// Embedder's.
    Result<std::vector<SearchHit>> search(std::string_view query, int k);
    /// Among the documents that are one of these paths or lie below one: the best of those, however
    /// few they are. An empty scope is the whole library.
    Result<std::vector<SearchHit>> search_within(std::span<const std::filesystem::path> scope,
                                                 std::string_view query, int k);

    /// Brings the dense index up to date, from its cache file where that is whole, else from the
    /// library, and writes the file again where it lags behind. A file that cannot be written is no
    /// error. Called before the first question and after indexing, it saves the question the wait.
    Status refresh();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lectern
