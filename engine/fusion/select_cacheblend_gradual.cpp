// "cacheblend-gradual": the filter of the CacheBlend paper, which narrows layer by layer. With a
// budget of B rows, all candidates run through layer 0; of them the 2 B rows whose values at layer
// 1 deviate most run through layer 1; of those 1.5 B by their values at layer 2, 1.2 B at layer 3,
// and B at layer 4 are chosen (the paper gives r₁ > r₂ > … no figures). The paper goes on from
// there; here one pass recomputes the chosen rows, the first layers again, so that the question and
// the correction of the others pass every layer with them. What filtering computes is charged, and
// comes on top of B.
#include <array>

#include "engine/fusion/selectors.h"
#include "engine/fusion/value_filter.h"

namespace lectern {
namespace {

class SelectCacheBlendGradual : public TokenSelector {
  public:
    std::string_view name() const override { return "cacheblend-gradual"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        static constexpr std::array kShares{2.0, 1.5, 1.2, 1.0};
        return filter_by_values(context, kShares);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_cacheblend_gradual() {
    return std::make_unique<SelectCacheBlendGradual>();
}

}  // namespace lectern
