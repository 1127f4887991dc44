#include "engine/decode/ngram_drafter.h"

#include <algorithm>
#include <cassert>

namespace lectern {
namespace {

/// What another row adds to a step that streams the weights anyway, in steps of one row: an upper
/// estimate of what `lectern bench decode` measures.
constexpr double kRowCost = 0.12;
constexpr double kFading = 0.85;

}  // namespace

/// Each further token is right with probability p if those before it are: it pays while p to its
/// power is above its cost.
int NgramDrafter::Record::n_worth(int most) const {
    const double p = right / (right + wrong);
    int n = 0;
    for (double q = p; n < most && q > kRowCost; q *= p) ++n;
    return n;
}

void NgramDrafter::Record::add(int n_right, bool ended_wrong) {
    right = right * kFading + n_right;
    wrong = wrong * kFading + (ended_wrong ? 1 : 0);
}

std::vector<TokenId> NgramDrafter::draft(int most) {
    last_length_ = 0;
    const auto n = static_cast<std::ptrdiff_t>(text_.size());
    std::ptrdiff_t best = 0;
    int match = 0;
    for (std::ptrdiff_t end = n - 1; end >= kShortest && match < kLongest; --end) {
        if (text_[end - 1] != text_[n - 1]) continue;
        int length = 1;
        while (length < kLongest && length < end &&
               text_[end - 1 - length] == text_[n - 1 - length])
            ++length;
        if (length > match) {
            match = length;
            best = end;
        }
    }
    if (match < kShortest) return {};
    const auto length = std::min<std::ptrdiff_t>(record(match).n_worth(most), n - best);
    last_match_ = match;
    last_length_ = static_cast<int>(length);
    return {text_.begin() + best, text_.begin() + best + length};
}

void NgramDrafter::report(int n_accepted) {
    assert(n_accepted <= last_length_);
    if (last_length_ > 0) record(last_match_).add(n_accepted, n_accepted < last_length_);
}

}  // namespace lectern
