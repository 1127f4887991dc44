// Benchmarks' rows for people and for scripts.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "app/core/bench.h"

namespace lectern {

/// One table on stdout: the machine and its limits, then the rows under their model, then where the
/// time of rows with phases went.
void print_bench_table(const std::vector<BenchRow>& rows, const MachinePeak& peak);

/// One object a row; "share_of_limit" is null where nothing was counted.
nlohmann::json bench_json(const std::vector<BenchRow>& rows, const MachinePeak& peak);

}  // namespace lectern
