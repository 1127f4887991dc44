#include "app/core/answer_attention.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "retrieval/chunk/sentences.h"

namespace lectern {
namespace {

/// nullptr: the segment is none of the passages.
const SourcePassage* passage_in(const std::string& decoded,
                                std::span<const SourcePassage> passages) {
    const SourcePassage* found = nullptr;
    for (const SourcePassage& passage : passages)
        if (decoded.find(passage.text) != std::string::npos &&
            (found == nullptr || passage.text.size() > found->text.size()))
            found = &passage;
    return found;
}

/// A passage's heading, if it has one, and its sentences, with the bytes of the decoded segment at
/// which they end.
struct SegmentSentences {
    std::vector<SourceSentence> sentences;
    std::vector<std::size_t> ends;
};

SegmentSentences sentences_of(const SourcePassage& passage, const std::string& decoded) {
    SegmentSentences out;
    const std::size_t heading_size = decoded.find(passage.text);
    const auto add = [&](std::size_t begin, std::size_t end) {
        out.sentences.push_back({passage.number, begin, end});
        out.ends.push_back(heading_size + end);
    };
    if (heading_size > 0) add(0, 0);
    for (const Stretch& sentence : split_sentences(passage.text)) add(sentence.begin, sentence.end);
    out.ends.back() = decoded.size();  // what separates passages
    return out;
}

/// Appends those of a segment. A token belongs where it ends: it may begin with the space before
/// its word.
void add_segment(std::vector<SourceSentence>& sources, int first_row,
                 const std::vector<std::string>& pieces, std::span<const SourcePassage> passages) {
    const std::string decoded = std::accumulate(pieces.begin(), pieces.end(), std::string());
    const SourcePassage* passage = passage_in(decoded, passages);
    if (passage == nullptr) return;
    SegmentSentences segment = sentences_of(*passage, decoded);
    std::size_t at = 0, sentence = 0;
    int row = first_row;
    for (const std::string& piece : pieces) {
        at += piece.size();
        while (at > segment.ends[sentence]) ++sentence;
        SourceSentence& source = segment.sentences[sentence];
        if (source.end_row == 0) source.first_row = row;
        source.end_row = ++row;
    }
    for (const SourceSentence& source : segment.sentences)
        if (source.end_row > 0) sources.push_back(source);
}

}  // namespace

std::vector<SourceSentence> source_sentences(const KvCache& cache, const Tokenizer& tokenizer,
                                             std::span<const SourcePassage> passages) {
    std::vector<SourceSentence> sources;
    const std::span<const CacheRow> rows = cache.rows();
    for (int begin = 0; begin < cache.size();) {
        const int end = cache.segment_rows(rows[begin].segment).second;
        if (rows[begin].kind == SegmentKind::kPassage) {
            std::vector<std::string> pieces;
            for (int row = begin; row < end; ++row)
                pieces.push_back(tokenizer.piece(rows[row].token));
            add_segment(sources, begin, pieces, passages);
        }
        begin = end;
    }
    return sources;
}

int AnswerAttention::n_columns() const {
    int n = 1;
    for (const SourceSentence& source : sources_) n = std::max(n, source.end_row);
    return n;
}

void AnswerAttention::add_row(std::span<const float> weights) {
    const auto n_columns = static_cast<std::size_t>(this->n_columns());
    const std::size_t n_heads = weights.size() / n_columns;
    std::vector<float>& token = weights_.emplace_back(sources_.size(), 0.0f);
    for (std::size_t s = 0; s < sources_.size(); ++s) {
        for (std::size_t h = 0; h < n_heads; ++h) {
            const auto row = weights.begin() + static_cast<std::ptrdiff_t>(h * n_columns);
            token[s] +=
                std::accumulate(row + sources_[s].first_row, row + sources_[s].end_row, 0.0f);
        }
        token[s] /= static_cast<float>(n_heads);
    }
}

void AnswerAttention::begin_text(std::size_t at) { text_begins_.resize(weights_.size() + 1, at); }

std::vector<double> AnswerAttention::weights_of(std::size_t begin, std::size_t end) const {
    std::vector<double> sums(sources_.size(), 0.0);
    int n = 0;
    for (std::size_t t = 0; t < std::min(weights_.size(), text_begins_.size()); ++t) {
        if (text_begins_[t] < begin || text_begins_[t] >= end) continue;
        ++n;
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s] += weights_[t][s];
    }
    for (double& sum : sums) sum /= std::max(n, 1);
    return sums;
}

}  // namespace lectern
