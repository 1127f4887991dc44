// What an answer's tokens attended to, told in sentences of its passages.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/kv/kv_cache.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// A passage as it was cited.
struct SourcePassage {
    int number = 0;         ///< of its citation
    std::string_view text;  ///< the caller's
};

/// A sentence of a passage and its rows in the cache. Without bytes: the passage's heading.
struct SourceSentence {
    int number = 0;
    std::size_t begin = 0, end = 0;  ///< bytes of the passage's text
    std::int32_t first_row = 0, end_row = 0;
};

/// What of the cache is a passage's: a passage segment belongs to the passage with the longest
/// text that it decodes to, behind its heading. In the order of rows.
std::vector<SourceSentence> source_sentences(const KvCache& cache, const Tokenizer& tokenizer,
                                             std::span<const SourcePassage> passages);

/// Collects weights while an answer is decoded. One thread at a time.
class AnswerAttention {
  public:
    explicit AnswerAttention(std::vector<SourceSentence> sources) : sources_(std::move(sources)) {}

    const std::vector<SourceSentence>& sources() const { return sources_; }
    /// Rows of the cache that matter: an AttentionTrace's columns.
    int n_columns() const;

    /// The next token's: weights[heads, n_columns].
    void add_row(std::span<const float> weights);
    /// The text of the token behind those heard of begins at this byte of the answer.
    void begin_text(std::size_t at);
    /// Mean weight that the tokens which begin in [begin, end) put on each source, mean over
    /// heads: in [0, 1]. Zeros where no such token was heard of.
    std::vector<double> weights_of(std::size_t begin, std::size_t end) const;

  private:
    std::vector<SourceSentence> sources_;
    std::vector<std::vector<float>> weights_;  ///< [tokens heard of][sources]
    std::vector<std::size_t> text_begins_;     ///< byte where a token's text begins
};

}  // namespace lectern
