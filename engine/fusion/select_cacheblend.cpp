// "cacheblend": the rows whose value vector at layer 1 deviates most (squared L2) from the stored
// one, chosen once. Layer 0's K and V depend on the token alone, so layer 1 is the first with a
// signal: all candidates run through layer 0 and layer 1's projections, which is charged.
#include <algorithm>

#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectCacheBlend : public TokenSelector {
  public:
    std::string_view name() const override { return "cacheblend"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.model.config().n_layers < 2)
            return fail(ErrorCode::kUnsupported,
                        "The selector \"cacheblend\" compares layer 1, which this model lacks.",
                        "Choose the selector \"question\".");
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_TRY(context.placed.require(0));
        LECTERN_TRY(context.placed.require(1));
        LECTERN_ASSIGN(const std::vector<float> scores, deviations(context));
        LECTERN_TRY(context.placed.restore(0));  // the candidates' fresh rows were written there
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        return ranked_rows(context.candidates, scores, context.budget);
    }

  private:
    /// [candidates]: of each, at layer 1.
    static Result<std::vector<float>> deviations(const SelectionContext& context) {
        Backend& backend = context.model.backend();
        Activations& activations = context.activations;
        LECTERN_ASSIGN(const Tensor deviation,
                       backend.allocate(DType::kF32, Shape{activations.capacity}));
        const std::vector<TokenId> ids = context.cache.tokens_of(context.candidates);
        std::vector<float> scores(ids.size());
        for (std::size_t first = 0; first < ids.size();) {
            if (context.stop.stop_requested())
                return fail(ErrorCode::kCancelled, "Reading was cancelled.");
            const std::size_t n = std::min<std::size_t>(activations.capacity, ids.size() - first);
            context.model.begin(activations, std::span(ids).subspan(first, n),
                                context.candidates.subspan(first, n));
            context.model.run_layer(0, activations, context.cache);
            context.model.project(1, activations, context.cache);
            const auto rows = static_cast<std::int64_t>(n);
            backend.value_deviation(deviation.rows(rows), activations.v.rows(rows),
                                    context.cache.layer(1), activations.rows.rows(rows));
            backend.download(std::as_writable_bytes(std::span(scores).subspan(first, n)),
                             deviation.rows(rows));
            first += n;
        }
        return scores;
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_cacheblend() {
    return std::make_unique<SelectCacheBlend>();
}

}  // namespace lectern
