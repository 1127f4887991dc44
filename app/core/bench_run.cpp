#include "app/core/bench_run.h"

#include <algorithm>

#include "app/core/stopwatch.h"
#include "engine/base/thread_pool.h"
#include "resources/bench_text.h"

namespace lectern {

BenchRow new_row(std::string what, const std::filesystem::path& model, const BenchOptions& options,
                 std::string device) {
    BenchRow row;
    row.what = std::move(what);
    row.model = model.filename().string();
    row.device = std::move(device);
    row.n_threads = options.session.backend.n_threads > 0 ? options.session.backend.n_threads
                                                          : default_thread_count();
    row.n_tokens = options.n_tokens;
    return row;
}

void summarise(BenchRow& row, double n_counted) {
    std::vector<double> sorted = row.ms;
    std::sort(sorted.begin(), sorted.end());
    row.ms_min = sorted.front();
    row.ms_p50 = sorted[sorted.size() / 2];
    row.tokens_per_s = 1e3 * n_counted / row.ms_p50;
}

Status measure(std::vector<BenchRow>& rows, const std::vector<Measured>& measured, int repeat) {
    for (int round = -1; round < repeat; ++round)
        for (std::size_t m = 0; m < measured.size(); ++m) {
            LECTERN_TRY(measured[m].prepare());
            const Stopwatch watch;
            LECTERN_TRY(measured[m].run());
            if (round >= 0) rows[m].ms.push_back(watch.ms());
        }
    return {};
}

std::vector<TokenId> text_tokens(const Tokenizer& tokenizer, int n) {
    const std::vector<TokenId> once = tokenizer.encode(kBenchText);
    std::vector<TokenId> ids;
    while (static_cast<int>(ids.size()) < n) ids.insert(ids.end(), once.begin(), once.end());
    ids.resize(n);
    return ids;
}

Result<std::unique_ptr<ModelSession>> open_session(const std::filesystem::path& model,
                                                   const BenchOptions& options,
                                                   std::stop_token stop) {
    SessionOptions session = options.session;
    session.context = std::max(session.context, options.n_tokens + 512);
    LECTERN_ASSIGN(std::unique_ptr<ModelSession> loaded, ModelSession::load(model, session, stop));
    if (loaded->context() < options.n_tokens + 256)
        return fail(ErrorCode::kTooLong,
                    "The model's context of " + std::to_string(loaded->context()) +
                        " tokens is too short for this measurement.",
                    "Ask for fewer with --tokens.");
    return loaded;
}

}  // namespace lectern
