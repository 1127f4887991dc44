// Numbers as an evaluation's tables and plots show them, alike in every locale.
#pragma once

#include <string>
#include <string_view>

#include "app/core/eval_statistics.h"

namespace lectern {

/// So many decimals; never "-0.00".
std::string fixed(double value, int decimals);
/// As fixed(), with '+' in front of what is above 0.
std::string signed_fixed(double value, int decimals);
/// So many digits from the first one that is not 0, as "0.0563"; "0"; "1.2e-06" below 0.0001.
std::string significant(double value, int digits);
/// As few digits as tell it from its neighbours at six: "0.02".
std::string shortest(double value);
/// A share as people read it: 0.125 is "12.5 %".
std::string percent(double share);

/// "0.381 [0.312, 0.460]".
std::string ratio_text(const Estimate& ratio);
/// "-0.012 [-0.031, +0.007]".
std::string difference_text(const Estimate& difference);

}  // namespace lectern
