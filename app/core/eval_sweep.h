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
std::vector<std::string> sweep_corrections();
std::vector<double> sweep_sure_nats();

/// What ways of reading are made of: every one of each list with every one of the others.
struct SweepLists {
    std::vector<std::string> selectors;
    std::vector<std::string> corrections;
    std::vector<double> ratios;
    std::vector<double> sure_nats;
};

/// Plain reuse, then every way that the lists make; no label (eval_label.h) twice.
std::vector<EvalVariant> sweep_variants(const SweepLists& lists);

}  // namespace lectern
