// The variants of a sweep: every selector at every ratio, with what they are compared with.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/core/eval.h"

namespace lectern {

/// What a sweep measures where nothing else is asked for.
std::vector<std::string> sweep_selectors();
std::vector<double> sweep_ratios();

/// Plain reuse, then each selector at each ratio; no label (eval_label.h) twice.
std::vector<EvalVariant> sweep_variants(std::span<const std::string> selectors,
                                        std::span<const double> ratios);

}  // namespace lectern
