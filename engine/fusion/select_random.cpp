// "random": rows by lot, the same ones for the same seed on every platform. What a criterion must
// beat.
#include "engine/base/split_mix64.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectRandom : public TokenSelector {
  public:
    std::string_view name() const override { return "random"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        std::vector<float> lots;
        lots.reserve(context.candidates.size());
        for (const std::int32_t row : context.candidates) {
            const std::uint64_t lot =
                split_mix64(split_mix64(context.seed) ^ static_cast<std::uint64_t>(row));
            lots.push_back(static_cast<float>(lot >> 40));
        }
        return ranked_rows(context.candidates, lots, context.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_random() { return std::make_unique<SelectRandom>(); }

}  // namespace lectern
