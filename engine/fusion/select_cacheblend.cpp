// "cacheblend": the rows whose value vector at layer 1 deviates most from the stored one, chosen
// once, as CacheBlend's published code does. All candidates run through layer 0 and layer 1's
// projections, which is charged.
#include <array>

#include "engine/fusion/selectors.h"
#include "engine/fusion/value_filter.h"

namespace lectern {
namespace {

class SelectCacheBlend : public TokenSelector {
  public:
    std::string_view name() const override { return "cacheblend"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        static constexpr std::array kShares{1.0};
        return filter_by_values(context, kShares);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_cacheblend() {
    return std::make_unique<SelectCacheBlend>();
}

}  // namespace lectern
