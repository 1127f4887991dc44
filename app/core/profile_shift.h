// A model's learnt shift as a profile writes it: 8 bits a channel, a step a layer's keys and
// values.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/base/result.h"
#include "engine/fusion/learnt_shift.h"

namespace lectern {

/// A JSON object, a line a layer's keys or values.
std::string shift_text(const LearntShift& shift);

/// What shift_text writes, its channels rounded to a 127th of their layer's largest. kCorrupt.
Result<LearntShift> shift_of(const nlohmann::json& object);

}  // namespace lectern
