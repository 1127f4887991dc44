#include "app/core/eval_label.h"

#include <array>
#include <charconv>

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

std::string percent(double share) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), 100 * share,
                                   std::chars_format::general, 6);
    return std::string(text.data(), end.ptr) + " %";
}

}  // namespace lectern
