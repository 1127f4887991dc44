// "all": every passage row, exact ones too, whatever the budget: a full read through the fused
// path.
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectAll : public TokenSelector {
  public:
    std::string_view name() const override { return "all"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        return context.layout.passages;
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_all() { return std::make_unique<SelectAll>(); }

}  // namespace lectern
