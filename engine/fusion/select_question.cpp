// "question": the rows that the question attends to. Its rows run over the placed cache through all
// layers; a passage row's score is the attention mass it gets from them, summed over question rows,
// heads and layers L/3 … L − 1. The probe is charged.
#include "engine/fusion/selectors.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

class SelectQuestion : public TokenSelector {
  public:
    std::string_view name() const override { return "question"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_ASSIGN(const std::vector<float> mass, attention_masses(context));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        std::vector<float> scores;
        scores.reserve(context.candidates.size());
        for (const std::int32_t row : context.candidates)
            scores.push_back(mass[static_cast<std::size_t>(row)]);
        return ranked_rows(context.candidates, scores, context.budget);
    }

  private:
    /// [last candidate + 1]: the mass on each cache row.
    static Result<std::vector<float>> attention_masses(const SelectionContext& context) {
        Backend& backend = context.model.backend();
        const ModelConfig& config = context.model.config();
        std::vector<float> host(static_cast<std::size_t>(context.candidates.back()) + 1, 0.0f);
        LECTERN_ASSIGN(
            const Tensor mass,
            backend.allocate(DType::kF32, Shape{static_cast<std::int64_t>(host.size())}));
        backend.upload(mass.view(), std::as_bytes(std::span(host)));

        LayerHooks hooks;
        hooks.before = [&](int layer) { return context.placed.require(layer); };
        hooks.after = [&](int layer, const RowBlock& block) -> Status {
            if (layer < config.n_layers / 3) return {};
            const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
            backend.attention_mass(mass.view(), context.activations.q.rows(block.n),
                                   context.cache.layer(layer),
                                   context.activations.rows.rows(block.n),
                                   context.cache.positions(), config.attention_options(layer));
            return {};
        };
        LECTERN_TRY(run_pass({context.model, context.activations, context.cache,
                              context.layout.question, context.stop},
                             hooks));
        backend.download(std::as_writable_bytes(std::span(host)), mass.view());
        return host;
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question() { return std::make_unique<SelectQuestion>(); }

}  // namespace lectern
