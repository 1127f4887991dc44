// What the question looks at: the attention mass that its rows give to the passages' rows. The
// selectors that go by it share this probe.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/token_selector.h"

namespace lectern {

/// [candidates]: of each, the mass it gets from the question's rows, summed over them, heads and
/// layers L/3 … L − 1. The question runs over the placed cache through all layers, which is
/// charged. Pre: there are candidates. Errors of PlacedLayers, kCancelled within a layer.
Result<std::vector<float>> question_masses(const SelectionContext& context);

}  // namespace lectern
