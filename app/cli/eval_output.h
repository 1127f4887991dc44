// What `lectern eval` prints: JSON for scripts, a table for people.
#pragma once

#include <nlohmann/json.hpp>

#include "app/core/eval.h"

namespace lectern {

/// One object of a single variant's fields, or {"rows": […]}; with what was left out and the time.
nlohmann::json eval_json(const EvalReport& report, bool always_rows);

void print_eval(const EvalReport& report, const std::string& baseline);

}  // namespace lectern
