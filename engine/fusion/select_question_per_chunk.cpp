// "question-per-chunk": the rows that the question attends to most within each chunk. The budget is
// divided over chunks: a quarter evenly, so that none goes without, the rest by the square root of
// the mass that the question gives to the chunk's rows, which draws less of it into the one chunk
// that takes most of the mass.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "engine/fusion/question_probe.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

constexpr double kEvenShare = 0.25;

struct Share {
    std::vector<std::int32_t> ranked;  ///< the chunk's candidates, the most important first
    double mass = 0;                   ///< of all of them
    double weight = 0;                 ///< of the budget; all chunks' sum to 1
    std::size_t n_taken = 0;

    /// Who is served least for its weight is served next (Sainte-Laguë's divisors).
    double claim() const {
        return n_taken == ranked.size() ? -1.0 : weight / (static_cast<double>(n_taken) + 0.5);
    }
};

std::vector<Share> shares_of(const SelectionContext& context, std::span<const float> masses) {
    const auto rows = context.cache.rows();
    std::vector<Share> shares;
    double roots = 0;
    for (std::size_t begin = 0, end = 0; begin < masses.size(); begin = end) {
        const std::int32_t segment = rows[context.candidates[begin]].segment;
        Share share;
        for (; end < masses.size() && rows[context.candidates[end]].segment == segment; ++end)
            share.mass += masses[end];
        const auto n = end - begin;
        share.ranked = ranked_rows(context.candidates.subspan(begin, n), masses.subspan(begin, n),
                                   static_cast<int>(n));
        roots += std::sqrt(share.mass);
        shares.push_back(std::move(share));
    }
    const double even = 1.0 / static_cast<double>(shares.size());
    for (Share& share : shares) {
        const double by_mass = roots > 0 ? std::sqrt(share.mass) / roots : even;
        share.weight = kEvenShare * even + (1 - kEvenShare) * by_mass;
    }
    return shares;
}

class SelectQuestionPerChunk : public TokenSelector {
  public:
    std::string_view name() const override { return "question-per-chunk"; }
    bool reads_question() const override { return true; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        std::vector<std::int32_t> ranked;
        if (context.budget == 0) return ranked;
        LECTERN_ASSIGN(const QuestionProbe probe, probe_question(context, RowWeight::kAttention));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        std::vector<Share> shares = shares_of(context, probe.weighed(1));
        while (static_cast<int>(ranked.size()) < probe.budget) {
            Share& next = *std::max_element(
                shares.begin(), shares.end(),
                [](const Share& a, const Share& b) { return a.claim() < b.claim(); });
            ranked.push_back(next.ranked[next.n_taken++]);
        }
        return ranked;
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question_per_chunk() {
    return std::make_unique<SelectQuestionPerChunk>();
}

}  // namespace lectern
