// Formulas in TeX's notation as text that can be read: Unicode's letters, signs, raised and lowered
// characters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lectern {

/// "x^2 \le \frac{a}{b+1}" → "x² ≤ a/(b+1)". `tex` stands without its delimiters. Nothing: a
/// command, an environment or an alignment in it has no such form, or braces do not match.
std::optional<std::string> math_text(std::string_view tex);

}  // namespace lectern
