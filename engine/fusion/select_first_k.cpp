// "first-k" (EPIC): the first tokens of every chunk that is not exact, which act as attention sinks
// of their own; as many of each as the budget allows.
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectFirstK : public TokenSelector {
  public:
    std::string_view name() const override { return "first-k"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        const auto rows = context.cache.rows();
        std::vector<float> scores;
        scores.reserve(context.candidates.size());
        std::int32_t segment = -1;
        std::int32_t begin = 0;
        for (const std::int32_t row : context.candidates) {
            if (rows[row].segment != segment) {
                segment = rows[row].segment;
                begin = row;
            }
            scores.push_back(-static_cast<float>(row - begin));
        }
        return ranked_rows(context.candidates, scores, context.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_first_k() { return std::make_unique<SelectFirstK>(); }

}  // namespace lectern
