#include "app/core/eval_label.h"

#include "app/core/eval_format.h"

namespace lectern {

std::string label_of(const EvalVariant& variant) {
    const std::string family = family_of(variant);
    const FusionSettings& fusion = variant.fusion;
    if (variant.mode == AnswerMode::kFull || fusion.selector == "none" || fusion.selector == "all")
        return family;
    if (fusion.tolerance > 0) return family + " within " + shortest(fusion.tolerance);
    return family + " " + percent(fusion.ratio);
}

std::string family_of(const EvalVariant& variant) {
    if (variant.mode == AnswerMode::kFull) return "full read";
    const FusionSettings& fusion = variant.fusion;
    const bool is_corrected = fusion.correction != "none" && fusion.selector != "none" &&
                              fusion.selector != "all";  // without rows to learn from, none is
    return is_corrected ? fusion.selector + " + " + fusion.correction : fusion.selector;
}

bool is_plain_reuse(const EvalVariant& variant) {
    return variant.mode == AnswerMode::kFused && variant.fusion.selector == "none";
}

}  // namespace lectern
