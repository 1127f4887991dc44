#include "app/core/bench.h"

#include <algorithm>

#include "app/core/bench_run.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

/// Runs ids behind what the cache holds, the last n_outputs of them to the end.
Status run_rows(ModelSession& session, std::span<const TokenId> ids, int n_outputs,
                std::stop_token stop) {
    const int first = session.cache().append(ids, 1, SegmentKind::kQuestion, RowState::kExact);
    const auto rows = consecutive_rows(first, static_cast<int>(ids.size()));
    LECTERN_ASSIGN(const int last, run_pass({session.model(), session.activations(),
                                             session.cache(), rows, stop, n_outputs}));
    std::vector<float> logits(session.model().config().vocab_size);
    session.model().logits(session.activations(), last, logits);
    return {};
}

/// What n rows, n_outputs of them to the end, and the last one's logits take.
void count_work(BenchRow& row, const Transformer& model, int n, int n_outputs) {
    const ModelConfig& config = model.config();
    row.int8_ops = 2.0 * (static_cast<double>(model.kv_row_cost()) * (n - n_outputs) +
                          static_cast<double>(model.row_cost()) * n_outputs +
                          static_cast<double>(config.vocab_size) * config.d_model);
    row.read_bytes = static_cast<double>(model.weight_bytes());
}

}  // namespace

double share_of_limit(const BenchRow& row, const MachinePeak& peak) {
    if (row.ms_p50 <= 0) return 0;
    double least_s = 0;
    if (peak.int8_ops > 0) least_s = row.int8_ops / peak.int8_ops;
    if (peak.read_bytes > 0) least_s = std::max(least_s, row.read_bytes / peak.read_bytes);
    return 1e3 * least_s / row.ms_p50;
}

Result<std::vector<BenchRow>> bench_prefill(const std::filesystem::path& model,
                                            const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    const std::vector<TokenId> ids = text_tokens(session->tokenizer(), options.n_tokens);
    std::vector<BenchRow> rows{
        new_row("prefill", model, options, session->model().backend().description())};
    const Measured reading{[&] { return session->cache().truncate(0), Status{}; },
                           [&] { return run_rows(*session, ids, 1, stop); }};
    LECTERN_TRY(measure(rows, {reading}, options.repeat));
    summarise(rows[0], options.n_tokens);
    count_work(rows[0], session->model(), options.n_tokens, 1);
    return rows;
}

Result<std::vector<BenchRow>> bench_decode(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    const std::vector<TokenId> ids = text_tokens(session->tokenizer(), options.n_tokens + 16);
    session->cache().truncate(0);
    LECTERN_TRY(run_rows(*session, std::span(ids).first(options.n_tokens), 1, stop));
    constexpr int kRows[] = {1, 2, 4, 8, 16};
    std::vector<BenchRow> rows;
    std::vector<Measured> measured;
    for (const int n : kRows) {
        rows.push_back(new_row("decode step, rows: " + std::to_string(n), model, options,
                               session->model().backend().description()));
        measured.push_back({[&] { return session->cache().truncate(options.n_tokens), Status{}; },
                            [&, n] {
                                return run_rows(
                                    *session, std::span(ids).subspan(options.n_tokens, n), n, stop);
                            }});
    }
    LECTERN_TRY(measure(rows, measured, options.repeat));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        summarise(rows[i], kRows[i]);
        count_work(rows[i], session->model(), kRows[i], kRows[i]);
    }
    return rows;
}

}  // namespace lectern
