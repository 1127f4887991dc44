#include "engine/decode/ngram_drafter.h"

#include <algorithm>

namespace lectern {
namespace {

/// Of a record for each further token: some thirty tokens count.
constexpr double kFading = 0.97;
/// Tokens for their cost, against plain decoding, from which a draft is worth its risk.
constexpr double kWorthwhile = 1.04;

}  // namespace

void NgramDrafter::Record::add(bool is_right) {
    right = right * kFading + (is_right ? 1 : 0);
    wrong = wrong * kFading + (is_right ? 0 : 1);
}

NgramDrafter::NgramDrafter(std::vector<TokenId> text) : text_(std::move(text)) { find_match(); }

void NgramDrafter::push(TokenId token) {
    if (match_ > 0) record(match_).add(text_[next_] == token);
    text_.push_back(token);
    find_match();
}

void NgramDrafter::find_match() {
    const auto n = static_cast<std::ptrdiff_t>(text_.size());
    match_ = 0;
    for (std::ptrdiff_t end = n - 1; end > 0 && match_ < kLongest; --end) {
        if (text_[end - 1] != text_[n - 1]) continue;
        int length = 1;
        while (length < kLongest && length < end &&
               text_[end - 1 - length] == text_[n - 1 - length])
            ++length;
        if (length > match_) {
            match_ = length;
            next_ = end;
        }
    }
}

/// A draft of n tokens yields one token more than its first wrong one lets stand. Each further
/// token is right as often as those behind a match that is one longer were.
std::vector<TokenId> NgramDrafter::draft(int most, const StepCosts& costs) const {
    if (match_ == 0) return {};
    const auto left = static_cast<std::ptrdiff_t>(text_.size()) - next_;
    most = static_cast<int>(
        std::min<std::ptrdiff_t>({most, left, std::ptrdiff_t{StepCosts::kMostRows - 1}}));
    double right = 1, tokens = 1, best = kWorthwhile;
    int n_best = 0;
    for (int n = 1; n <= most; ++n) {
        right *= record(std::min(match_ + n - 1, kLongest)).rate();
        tokens += right;
        if (const double gain = tokens / costs.of(n + 1); gain > best) {
            best = gain;
            n_best = n;
        }
    }
    return {text_.begin() + next_, text_.begin() + next_ + n_best};
}

}  // namespace lectern
