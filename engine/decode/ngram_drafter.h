// Drafts from the text itself: an answer about documents quotes them, so what followed the same few
// tokens before may well follow again. The model verifies every draft; a wrong one costs time only.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/decode/step_costs.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// Owned by one decoding; one thread.
class NgramDrafter {
  public:
    /// text: what stands before the answer; may be empty.
    explicit NgramDrafter(std::vector<TokenId> text);

    /// The text goes on with this token. Whether it was foreseen is learnt, drafted or not: a
    /// forecast that is only looked at costs nothing.
    void push(TokenId token);
    /// At most `most` tokens that followed the longest earlier occurrence of the text's end (the
    /// latest of equally long ones): as many as promise the most tokens for their cost, none where
    /// that gains less than a few per cent.
    std::vector<TokenId> draft(int most, const StepCosts& costs) const;

  private:
    static constexpr int kLongest = 8;  ///< a longer match counts as this long

    /// How often the token behind a match was right, old ones fading. Begins with a guess.
    struct Record {
        double right, wrong;
        double rate() const { return right / (right + wrong); }
        void add(bool is_right);
    };

    void find_match();
    /// By the number of tokens that match, from 1.
    Record& record(int match) { return records_[match - 1]; }
    const Record& record(int match) const { return records_[match - 1]; }

    std::vector<TokenId> text_;
    std::ptrdiff_t next_ = 0;  ///< behind the earlier occurrence
    int match_ = 0;            ///< its length; 0: there is none
    /// The guesses are what a 1.5B model's answers showed, those that have little to do with the
    /// text included.
    std::array<Record, kLongest> records_{
        {{1.5, 8.5}, {2, 3}, {3, 2.5}, {4, 1}, {5, 0.7}, {6, 0.5}, {6, 0.5}, {9, 1}}};
};

}  // namespace lectern
