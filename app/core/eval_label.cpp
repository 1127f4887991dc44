#include "app/core/eval_label.h"

#include "app/core/eval_format.h"

namespace lectern {

std::string label_of(const EvalVariant& variant) {
    const std::string family = family_of(variant);
    const bool has_ratio = variant.mode == AnswerMode::kFused && variant.selector != "none" &&
                           variant.selector != "all";
    return has_ratio ? family + " " + percent(variant.ratio) : family;
}

std::string family_of(const EvalVariant& variant) {
    return variant.mode == AnswerMode::kFull ? "full read" : variant.selector;
}

bool is_plain_reuse(const EvalVariant& variant) {
    return variant.mode == AnswerMode::kFused && variant.selector == "none";
}

}  // namespace lectern
