// Formulas in Markdown: where they stand, so that the parser leaves them alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

/// Bytes [begin, end) of the source with the delimiters: $…$, $$…$$, \(…\) or \[…\].
struct MathSpan {
    std::size_t begin = 0, end = 0;
    std::string text;  ///< as text that can be read; as it was written where there is none
};

/// In order. Code is passed over, and so is money: "$5 and $6" is no formula.
std::vector<MathSpan> math_spans(std::string_view markdown);

/// The source with each formula's bytes taken by as many that mean nothing in Markdown; the first
/// three are kMathMark.
std::string without_math(std::string_view markdown, const std::vector<MathSpan>& spans);
inline constexpr std::string_view kMathMark = "\xEE\x80\x80";  ///< U+E000

}  // namespace lectern
