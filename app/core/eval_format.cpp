#include "app/core/eval_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace lectern {
namespace {

std::string text_of(double value, std::chars_format format, int precision) {
    std::array<char, 400> text{};  // the longest double in fixed notation, and some decimals
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, format, precision);
    return {text.data(), end.ptr};
}

}  // namespace

std::string fixed(double value, int decimals) {
    std::string text = text_of(value, std::chars_format::fixed, decimals);
    if (text.front() == '-' && text.find_first_of("123456789") == std::string::npos)
        text.erase(0, 1);
    return text;
}

std::string signed_fixed(double value, int decimals) {
    const std::string text = fixed(value, decimals);
    const bool is_zero = text.find_first_of("123456789") == std::string::npos;
    return value > 0 && !is_zero ? "+" + text : text;
}

std::string significant(double value, int digits) {
    if (value == 0) return "0";
    if (std::abs(value) < 1e-4) return text_of(value, std::chars_format::scientific, digits - 1);
    const int first = static_cast<int>(std::floor(std::log10(std::abs(value))));
    return fixed(value, std::max(digits - 1 - first, 0));
}

std::string shortest(double value) { return text_of(value, std::chars_format::general, 6); }

std::string percent(double share) { return shortest(100 * share) + " %"; }

std::string ratio_text(const Estimate& ratio) {
    return significant(ratio.value, 3) + " [" + significant(ratio.low, 3) + ", " +
           significant(ratio.high, 3) + "]";
}

std::string difference_text(const Estimate& difference) {
    return signed_fixed(difference.value, 3) + " [" + signed_fixed(difference.low, 3) + ", " +
           signed_fixed(difference.high, 3) + "]";
}

}  // namespace lectern
