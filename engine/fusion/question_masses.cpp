#include "engine/fusion/question_masses.h"

#include <cstddef>
#include <span>

#include "engine/model/row_pass.h"

namespace lectern {
namespace {

/// Masses by cache row, up to the last candidate, on the backend's device.
Result<Tensor> no_mass(const SelectionContext& context) {
    const std::vector<float> zeros(static_cast<std::size_t>(context.candidates.back()) + 1, 0.0f);
    Backend& backend = context.model.backend();
    LECTERN_ASSIGN(Tensor mass,
                   backend.allocate(DType::kF32, Shape{static_cast<std::int64_t>(zeros.size())}));
    backend.upload(mass.view(), std::as_bytes(std::span(zeros)));
    return mass;
}

std::vector<float> of_candidates(const SelectionContext& context, const Tensor& mass) {
    std::vector<float> by_row(static_cast<std::size_t>(context.candidates.back()) + 1);
    context.model.backend().download(std::as_writable_bytes(std::span(by_row)), mass.view());
    std::vector<float> masses;
    masses.reserve(context.candidates.size());
    for (const std::int32_t row : context.candidates)
        masses.push_back(by_row[static_cast<std::size_t>(row)]);
    return masses;
}

/// What rows [first, first + n) of a layer's block attend to.
void add_mass(const SelectionContext& context, const Tensor& mass, int layer, int first, int n) {
    context.model.backend().attention_mass(
        mass.view(), context.activations.q.view().slice(first, n), context.cache.layer(layer),
        context.activations.rows.view().slice(first, n), context.cache.positions(),
        context.model.config().attention_options(layer));
}

}  // namespace

Result<QuestionMasses> question_masses(const SelectionContext& context) {
    LECTERN_ASSIGN(const Tensor of_all, no_mass(context));
    LECTERN_ASSIGN(const Tensor of_last, no_mass(context));
    LayerHooks hooks;
    hooks.before = [&](int layer) { return context.placed.require(layer); };
    hooks.after = [&](int layer, const RowBlock& block) -> Status {
        if (layer < context.model.config().n_layers / 3) return {};
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        add_mass(context, of_all, layer, 0, block.n);
        if (block.last) add_mass(context, of_last, layer, block.n - 1, 1);
        return {};
    };
    LECTERN_TRY(run_pass(
        {context.model, context.activations, context.cache, context.layout.question, context.stop},
        hooks));
    return QuestionMasses{of_candidates(context, of_all), of_candidates(context, of_last),
                          static_cast<int>(context.layout.question.size())};
}

}  // namespace lectern
