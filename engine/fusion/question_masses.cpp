#include "engine/fusion/question_masses.h"

#include <cstddef>
#include <span>

#include "engine/model/row_pass.h"

namespace lectern {

Result<std::vector<float>> question_masses(const SelectionContext& context) {
    Backend& backend = context.model.backend();
    const ModelConfig& config = context.model.config();
    std::vector<float> by_row(static_cast<std::size_t>(context.candidates.back()) + 1, 0.0f);
    LECTERN_ASSIGN(const Tensor mass,
                   backend.allocate(DType::kF32, Shape{static_cast<std::int64_t>(by_row.size())}));
    backend.upload(mass.view(), std::as_bytes(std::span(by_row)));

    LayerHooks hooks;
    hooks.before = [&](int layer) { return context.placed.require(layer); };
    hooks.after = [&](int layer, const RowBlock& block) -> Status {
        if (layer < config.n_layers / 3) return {};
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        backend.attention_mass(mass.view(), context.activations.q.rows(block.n),
                               context.cache.layer(layer), context.activations.rows.rows(block.n),
                               context.cache.positions(), config.attention_options(layer));
        return {};
    };
    LECTERN_TRY(run_pass(
        {context.model, context.activations, context.cache, context.layout.question, context.stop},
        hooks));
    backend.download(std::as_writable_bytes(std::span(by_row)), mass.view());

    std::vector<float> masses;
    masses.reserve(context.candidates.size());
    for (const std::int32_t row : context.candidates)
        masses.push_back(by_row[static_cast<std::size_t>(row)]);
    return masses;
}

}  // namespace lectern
