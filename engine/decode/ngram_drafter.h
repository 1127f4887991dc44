// Drafts from the text itself: an answer about documents quotes them, so what followed the same few
// tokens before may well follow again. The model verifies every draft; a wrong one costs time only.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// Owned by one decoding; one thread.
class NgramDrafter {
  public:
    /// text: what stands before the answer; may be empty.
    explicit NgramDrafter(std::vector<TokenId> text) : text_(std::move(text)) {}

    /// The text goes on with this token.
    void push(TokenId token) { text_.push_back(token); }

    /// At most `most` tokens that followed the longest earlier occurrence of the text's end (the
    /// latest of equally long ones): as many as pay, going by how the drafts of such matches fared.
    std::vector<TokenId> draft(int most);
    /// The last draft's first n_accepted tokens were right.
    void report(int n_accepted);

  private:
    static constexpr int kShortest = 2;  ///< tokens that have to match
    static constexpr int kLongest = 8;   ///< a longer match counts as this long

    /// How drafts of one class of matches fared, old ones fading. Begins with a guess.
    struct Record {
        double right;  ///< tokens
        double wrong;  ///< drafts that ended with a wrong token
        int n_worth(int most) const;
        void add(int n_right, bool ended_wrong);
    };

    /// The record of matches of this many tokens.
    Record& record(int match) { return records_[match < 3 ? 0 : match < 5 ? 1 : 2]; }

    std::vector<TokenId> text_;
    std::array<Record, 3> records_{{{1, 1}, {2, 1}, {4, 1}}};
    int last_match_ = 0;
    int last_length_ = 0;
};

}  // namespace lectern
