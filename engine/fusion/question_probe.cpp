#include "engine/fusion/question_probe.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "engine/fusion/fidelity.h"
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

/// What rows [first, first + n) of a layer's block attend to; norms: of its values, or data null.
void add_mass(const SelectionContext& context, const Tensor& mass, TensorView norms, int layer,
              int first, int n) {
    context.model.backend().attention_mass(
        mass.view(), context.activations.q.view().slice(first, n), context.cache.layer(layer),
        context.activations.rows.view().slice(first, n), context.cache.positions(),
        context.model.config().attention_options(layer), norms);
}

/// last: the activations' row of the question's last token, behind all layers.
int budget_by_entropy(const SelectionContext& context, int last) {
    const PhaseClock::Scope at_logits = context.clock.in(ReadPhase::kLogits);
    std::vector<float> logits(static_cast<std::size_t>(context.model.config().vocab_size));
    context.model.logits(context.activations, last, logits);
    // Of a broken model's logits, which are no numbers, the maximum is 1.
    const double growth = std::max(1.0, entropy(logits) / context.sure_nats);
    const double wanted = std::round(growth * context.budget);
    return static_cast<int>(std::min(wanted, static_cast<double>(context.candidates.size())));
}

}  // namespace

std::vector<float> QuestionProbe::weighed(float last_weight) const {
    std::vector<float> masses = of_others;
    for (std::size_t i = 0; i < masses.size(); ++i) masses[i] += last_weight * of_last[i];
    return masses;
}

Result<QuestionProbe> probe_question(const SelectionContext& context, RowWeight weight) {
    Backend& backend = context.model.backend();
    LECTERN_ASSIGN(const Tensor of_others, no_mass(context));
    LECTERN_ASSIGN(const Tensor of_last, no_mass(context));
    const std::int64_t n_heads = context.cache.shape().n_kv_heads;
    const std::int64_t n_rows = of_last.view().shape.n_elements();
    LECTERN_ASSIGN(const Tensor norms, backend.allocate(DType::kF32, Shape{n_heads, n_rows}));
    LayerHooks hooks;
    hooks.before = [&](int layer) { return context.placed.require(layer); };
    hooks.after = [&](int layer, const RowBlock& block) -> Status {
        if (layer < context.model.config().n_layers / 3) return {};
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        TensorView weights;
        if (weight == RowWeight::kValue) {
            weights = norms.view();
            backend.value_norms(weights, context.cache.layer(layer));
        }
        const int n_last = block.last ? 1 : 0;
        if (block.n > n_last) add_mass(context, of_others, weights, layer, 0, block.n - n_last);
        if (block.last) add_mass(context, of_last, weights, layer, block.n - 1, 1);
        return {};
    };
    const int n_logits = context.sure_nats > 0 ? 1 : 0;
    LECTERN_ASSIGN(const int last, run_pass({context.model, context.activations, context.cache,
                                             context.layout.question, context.stop, n_logits},
                                            hooks));
    return QuestionProbe{of_candidates(context, of_last), of_candidates(context, of_others),
                         n_logits > 0 ? budget_by_entropy(context, last) : context.budget};
}

}  // namespace lectern
