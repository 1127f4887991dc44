// Which passages an answer's sentences rest on: found in the text itself, since small models fail
// to write markers.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// Immutable; any thread.
class SentenceCiter {
  public:
    explicit SentenceCiter(const std::vector<std::string>& passages);

    /// The sentences of `answer` in order. A sentence rests on the passage that holds most of its
    /// content words, rare words counting more (inverse document frequency over the passages), if
    /// it holds at least half of their weight; passages that hold as much, to a twentieth, are
    /// named too, at most three. complete = false: the last sentence is still growing and left out.
    std::vector<CitedSentence> cite(std::string_view answer, bool complete) const;

  private:
    std::vector<int> passages_of(std::string_view sentence) const;
    double weight(const std::string& word) const;

    std::vector<std::unordered_set<std::string>> words_;  ///< of each passage
    std::unordered_map<std::string, int> n_passages_with_;
};

}  // namespace lectern
