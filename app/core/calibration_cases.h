// The built-in text that models are calibrated on: resources/calibration/cases.json.
#pragma once

#include <vector>

#include "app/core/eval_dataset.h"

namespace lectern {

/// Questions that need more than one of their eight passages, always the same and in the same
/// order. Half of them have a short reference answer; the others ask for sentences and have none.
std::vector<EvalCase> calibration_cases();

}  // namespace lectern
