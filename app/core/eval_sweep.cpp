#include "app/core/eval_sweep.h"

#include <algorithm>

#include "app/core/eval_label.h"

namespace lectern {

std::vector<std::string> sweep_selectors() {
    return {"none", "cacheblend", "first-k", "random", "question", "question-end", "question-value"};
}

std::vector<double> sweep_ratios() { return {0.05, 0.10, 0.15, 0.20, 0.30}; }

std::vector<std::string> sweep_corrections() { return {"none", "pooled-affine"}; }

std::vector<double> sweep_sure_nats() { return {0}; }

std::vector<EvalVariant> sweep_variants(const SweepLists& lists) {
    std::vector<EvalVariant> variants;
    const auto add = [&](const FusionSettings& fusion) {
        const EvalVariant variant{AnswerMode::kFused, fusion};
        const bool is_new = std::none_of(
            variants.begin(), variants.end(),
            [&](const EvalVariant& other) { return label_of(other) == label_of(variant); });
        if (is_new) variants.push_back(variant);
    };
    add({.selector = "none", .correction = "none", .ratio = 0});
    for (const std::string& selector : lists.selectors)
        for (const std::string& correction : lists.corrections) {
            for (const double sure_nats : lists.sure_nats)
                for (const double ratio : lists.ratios)
                    add({selector, correction, ratio, sure_nats});
        }
    return variants;
}

}  // namespace lectern
