// "none": plain reuse. Every stored row stands.
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectNone : public TokenSelector {
  public:
    std::string_view name() const override { return "none"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext&) override {
        return std::vector<std::int32_t>{};
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_none() { return std::make_unique<SelectNone>(); }

}  // namespace lectern
