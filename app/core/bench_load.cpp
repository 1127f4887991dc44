#include "app/core/bench_run.h"

namespace lectern {

Result<std::vector<BenchRow>> bench_load(const std::filesystem::path& model,
                                         const BenchOptions& options, std::stop_token stop) {
    std::vector<BenchRow> rows{new_row("load", model, options, "")};
    std::unique_ptr<ModelSession> session;
    const Measured loading{[&] { return session.reset(), Status{}; },
                           [&]() -> Status {
                               LECTERN_ASSIGN(session,
                                              ModelSession::load(model, options.session, stop));
                               return {};
                           }};
    LECTERN_TRY(measure(rows, {loading}, options.repeat));
    rows[0].device = session->model().backend().description();
    rows[0].n_tokens = static_cast<int>(session->planner().prefix().size());
    summarise(rows[0], rows[0].n_tokens);
    return rows;
}

}  // namespace lectern
