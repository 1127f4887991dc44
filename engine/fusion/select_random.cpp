// "random": rows by lot, the same ones for the same seed on every platform. What a criterion must
// beat.
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

/// SplitMix64's output function: a well-mixed hash of a counter.
std::uint64_t mix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

class SelectRandom : public TokenSelector {
  public:
    std::string_view name() const override { return "random"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        std::vector<float> lots;
        lots.reserve(context.candidates.size());
        for (const std::int32_t row : context.candidates) {
            const std::uint64_t lot = mix(mix(context.seed) ^ static_cast<std::uint64_t>(row));
            lots.push_back(static_cast<float>(lot >> 40));
        }
        return ranked_rows(context.candidates, lots, context.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_random() { return std::make_unique<SelectRandom>(); }

}  // namespace lectern
