// TeX's names of letters and signs, and what Unicode has of raised and lowered characters.
#pragma once

#include <string_view>

namespace lectern {

/// How a command stands among its neighbours.
enum class MathSpace {
    kNone,   ///< as a letter does
    kBoth,   ///< a relation or an operation: a space on either side
    kBehind  ///< a function's name: a space before a letter or a digit
};

struct MathSign {
    std::string_view text;
    MathSpace space = MathSpace::kNone;
};

/// Of a command without its backslash; nullptr: it is not known.
const MathSign* math_sign(std::string_view command);

/// One character raised or lowered; empty: Unicode has no such form.
std::string_view raised(std::string_view character);
std::string_view lowered(std::string_view character);
/// A letter of \mathbb; empty: there is none.
std::string_view double_struck(std::string_view letter);
/// The combining mark of \hat, \bar, …; empty: it is not an accent.
std::string_view combining_accent(std::string_view command);

}  // namespace lectern
