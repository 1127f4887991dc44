// What the question looks at: the attention mass that its rows give to the passages' rows. The
// selectors that go by it share this probe.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/token_selector.h"

namespace lectern {

/// Of each candidate, the attention mass that it gets, summed over heads and layers L/3 … L − 1.
struct QuestionMasses {
    std::vector<float> of_last;    ///< from the question's last row, where the answer begins
    std::vector<float> of_others;  ///< from its other rows together
    int n_rows = 0;                ///< of the question
    int budget = 0;                ///< rows to rank: the context's, and more of them if unsure

    /// others + weight · last.
    std::vector<float> weighed(float last_weight) const;
};

/// The question runs over the placed cache through all layers, which is charged. Pre: there are
/// candidates. Errors of PlacedLayers, kCancelled within a layer.
Result<QuestionMasses> question_masses(const SelectionContext& context);

}  // namespace lectern
