// The one place that names a way of reading: in tables, plots, options and messages.
#pragma once

#include <string>

#include "app/core/eval.h"

namespace lectern {

/// "question 15 %"; "none" and "all", whose ratio means nothing, alone; "full read".
std::string label_of(const EvalVariant& variant);

/// The label without its ratio: what variants of several ratios, a line in a plot, have in common.
std::string family_of(const EvalVariant& variant);

/// Whether the variant places stored KV and changes nothing of it: what others are compared with.
bool is_plain_reuse(const EvalVariant& variant);

}  // namespace lectern
