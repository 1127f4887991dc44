// The question over the passages as they are stored: what it looks at, and how sure it leaves the
// next token. The selectors that go by it share this probe.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/token_selector.h"

namespace lectern {

enum class RowWeight : std::uint8_t {
    kAttention,  ///< what a row is attended to
    kValue,      ///< that times the length of its value, over the mean of the layer's head
};

/// Of each candidate, the attention mass that it gets, weighed, summed over heads and layers L/3 …
/// L − 1.
struct QuestionProbe {
    std::vector<float> of_last;    ///< from the question's last row, where the answer begins
    std::vector<float> of_others;  ///< from its other rows together
    int budget = 0;  ///< rows to rank: the context's, and more where sure_nats asks for them

    /// others + weight · last.
    std::vector<float> weighed(float last_weight) const;
};

/// The question runs over the placed cache through all layers, which is charged. Pre: there are
/// candidates. Errors of PlacedLayers, kCancelled within a layer.
Result<QuestionProbe> probe_question(const SelectionContext& context, RowWeight weight);

}  // namespace lectern
