#include "app/core/bench_run.h"

namespace lectern {

Result<std::vector<BenchRow>> bench_search(LocalAssistant& assistant, const std::string& query,
                                           const BenchOptions& options) {
    constexpr int kHits = 6;
    std::vector<BenchRow> rows{new_row("search", {}, options, "CPU")};
    rows[0].n_tokens = 0;
    const auto search = [&]() -> Status {
        LECTERN_TRY(assistant.search(query, kHits));
        return {};
    };
    LECTERN_TRY(measure(rows, {{[] { return Status{}; }, search}}, options.repeat));
    summarise(rows[0], 1);
    return rows;
}

}  // namespace lectern
