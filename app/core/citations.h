// Which passages an answer's sentences rest on, and which sentence of each: what the answer's
// tokens attended to proposes, shared words confirm. Small models fail to write markers.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/core/answer_attention.h"
#include "app/core/assistant.h"

namespace lectern {

/// A passage as far as citing goes; the i-th has number i + 1.
struct CitablePassage {
    std::string heading;  ///< document title and heading path
    std::string text;
};

/// Immutable; any thread.
class SentenceCiter {
  public:
    explicit SentenceCiter(const std::vector<CitablePassage>& passages);

    /// The sentences of `answer` in order. A passage's overlap is its share of the sentence's
    /// content words, rare words counting more (inverse document frequency over the passages). A
    /// sentence may rest on a passage with an overlap of at least a half, or of at least a fifth
    /// where its tokens attended to the passage; the passages with the highest sum of overlap and
    /// share of attention are named, at most three. attention = nullptr: by overlap alone.
    /// complete = false: the last sentence is still growing and left out.
    std::vector<CitedSentence> cite(std::string_view answer, bool complete,
                                    const AnswerAttention* attention = nullptr) const;

  private:
    using Words = std::unordered_set<std::string>;
    struct Sentence {
        CitedText where;
        Words words;
    };
    struct Passage {
        Words words;  ///< heading's and text's
        std::vector<Sentence> sentences;
    };
    /// What a sentence of an answer attended to, where that is known: weights by source.
    struct Attended {
        const AnswerAttention* attention = nullptr;
        std::vector<double> weights;
    };

    void cite_sentence(std::string_view text, const Attended& attended, CitedSentence& out) const;
    std::vector<double> attention_shares(const Attended& attended) const;
    CitedText most_supporting(int number, const Words& words, const Attended& attended) const;
    double overlap(const Words& words, const Words& held) const;
    double weight(const std::string& word) const;

    std::vector<Passage> passages_;
    std::unordered_map<std::string, int> n_passages_with_;
};

}  // namespace lectern
