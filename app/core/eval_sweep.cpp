#include "app/core/eval_sweep.h"

#include <algorithm>

#include "app/core/eval_label.h"

namespace lectern {

std::vector<std::string> sweep_selectors() {
    return {"none", "cacheblend", "first-k", "random", "question"};
}

std::vector<double> sweep_ratios() { return {0.05, 0.10, 0.15, 0.20, 0.30}; }

std::vector<EvalVariant> sweep_variants(std::span<const std::string> selectors,
                                        std::span<const double> ratios) {
    EvalVariant reuse;
    reuse.selector = "none";
    reuse.ratio = 0;
    std::vector<EvalVariant> variants{reuse};
    for (const std::string& selector : selectors)
        for (const double ratio : ratios) {
            EvalVariant variant;
            variant.selector = selector;
            variant.ratio = ratio;
            const bool is_new = std::none_of(
                variants.begin(), variants.end(),
                [&](const EvalVariant& other) { return label_of(other) == label_of(variant); });
            if (is_new) variants.push_back(variant);
        }
    return variants;
}

}  // namespace lectern
