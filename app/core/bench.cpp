#include "app/core/bench.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "app/core/stopwatch.h"
#include "engine/base/thread_pool.h"
#include "engine/fusion/fuser.h"
#include "resources/bench_text.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {
namespace {

constexpr int kPassages = 6;

/// What a measured run does after its preparation; its time is what counts.
struct Measured {
    std::function<Status()> prepare;
    std::function<Status()> run;
};

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

/// One unmeasured run, then `repeat` measured ones of each, alternating.
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

/// Real text, repeated until it is long enough.
std::vector<TokenId> text_tokens(const Tokenizer& tokenizer, int n) {
    const std::vector<TokenId> once = tokenizer.encode(kBenchText);
    std::vector<TokenId> ids;
    while (static_cast<int>(ids.size()) < n) ids.insert(ids.end(), once.begin(), once.end());
    ids.resize(n);
    return ids;
}

/// Runs ids behind what the cache holds.
Status run_rows(ModelSession& session, std::span<const TokenId> ids, std::stop_token stop) {
    const int first = session.cache().append(static_cast<int>(ids.size()), 1,
                                             SegmentKind::kQuestion, RowState::kExact);
    std::vector<std::int32_t> rows(ids.size());
    std::iota(rows.begin(), rows.end(), first);
    LECTERN_ASSIGN(const int last, prefill(session.model(), session.activations(), session.cache(),
                                           ids, rows, stop));
    std::vector<float> logits(session.model().config().vocab_size);
    session.model().logits(session.activations(), last, logits);
    return {};
}

/// What n rows and the last one's logits take.
void count_work(BenchRow& row, const Transformer& model, int n) {
    const ModelConfig& config = model.config();
    row.int8_ops = 2.0 * (static_cast<double>(model.row_cost()) * n +
                          static_cast<double>(config.vocab_size) * config.d_model);
    row.read_bytes = static_cast<double>(model.weight_bytes());
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

}  // namespace

double share_of_limit(const BenchRow& row, const MachinePeak& peak) {
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
                           [&] { return run_rows(*session, ids, stop); }};
    LECTERN_TRY(measure(rows, {reading}, options.repeat));
    summarise(rows[0], options.n_tokens);
    count_work(rows[0], session->model(), options.n_tokens);
    return rows;
}

Result<std::vector<BenchRow>> bench_decode(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    const std::vector<TokenId> ids = text_tokens(session->tokenizer(), options.n_tokens + 16);
    session->cache().truncate(0);
    LECTERN_TRY(run_rows(*session, std::span(ids).first(options.n_tokens), stop));
    constexpr int kRows[] = {1, 2, 4, 8, 16};
    std::vector<BenchRow> rows;
    std::vector<Measured> measured;
    for (const int n : kRows) {
        rows.push_back(new_row("decode step, rows: " + std::to_string(n), model, options,
                               session->model().backend().description()));
        measured.push_back({[&] { return session->cache().truncate(options.n_tokens), Status{}; },
                            [&, n] {
                                return run_rows(*session,
                                                std::span(ids).subspan(options.n_tokens, n), stop);
                            }});
    }
    LECTERN_TRY(measure(rows, measured, options.repeat));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        summarise(rows[i], kRows[i]);
        count_work(rows[i], session->model(), kRows[i]);
    }
    return rows;
}

Result<std::vector<BenchRow>> bench_ttft(const std::filesystem::path& model,
                                         const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    const int passage_tokens = options.n_tokens / kPassages;
    const std::vector<TokenId> ids = text_tokens(session->tokenizer(), passage_tokens * kPassages);
    PromptSegments segments;
    std::vector<std::shared_ptr<const ChunkKv>> chunks;
    for (int p = 0; p < kPassages; ++p) {
        const auto passage =
            std::span(ids).subspan(std::size_t(p) * passage_tokens, passage_tokens);
        session->rewind();
        LECTERN_ASSIGN(std::shared_ptr<const ChunkKv> chunk,
                       compute_chunk(session->model(), session->activations(), session->cache(),
                                     passage, session->precision(), stop));
        chunks.push_back(std::move(chunk));
        segments.push_back({SegmentKind::kPassage, {passage.begin(), passage.end()}});
    }
    segments.push_back({SegmentKind::kQuestion,
                        session->tokenizer().encode("Question: What is this text about?")});

    LECTERN_ASSIGN(const std::unique_ptr<TokenSelector> selector, make_selector("question"));
    const auto rewind = [&] { return session->rewind(), Status{}; };
    const Measured full{rewind, [&]() -> Status {
                            LECTERN_TRY(read_full(session->model(), session->activations(),
                                                  session->cache(), segments, stop));
                            return {};
                        }};
    const Measured fused{rewind, [&]() -> Status {
                             LECTERN_TRY(read_fused(session->model(), session->activations(),
                                                    session->cache(), segments, chunks, *selector,
                                                    {.ratio = options.ratio, .seed = 0}, stop));
                             return {};
                         }};
    const std::string device = session->model().backend().description();
    std::vector<BenchRow> rows{new_row("first token, full read", model, options, device),
                               new_row("first token, fused", model, options, device)};
    LECTERN_TRY(measure(rows, {full, fused}, options.repeat));
    for (BenchRow& row : rows) summarise(row, options.n_tokens);
    return rows;
}

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

Result<std::vector<BenchRow>> bench_search(LocalAssistant& assistant, const std::string& query,
                                           const BenchOptions& options) {
    std::vector<BenchRow> rows{new_row("search", {}, options, "CPU")};
    rows[0].n_tokens = 0;
    const auto search = [&]() -> Status {
        LECTERN_TRY(assistant.search(query, kPassages));
        return {};
    };
    LECTERN_TRY(measure(rows, {{[] { return Status{}; }, search}}, options.repeat));
    summarise(rows[0], 1);
    return rows;
}

Result<std::vector<BenchRow>> bench_embed(const std::filesystem::path& embedder,
                                          const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(
        const std::unique_ptr<Embedder> encoder,
        load_encoder_embedder(embedder, {.n_threads = options.session.backend.n_threads}));
    constexpr std::size_t kPassageBytes = 900;  // about 200 tokens of English
    std::string text(kBenchText);
    std::vector<PassageText> passages;
    for (std::size_t at = 0;
         passages.size() < static_cast<std::size_t>(std::max(1, options.n_tokens / 200));) {
        at = at + kPassageBytes > text.size() ? 0 : at;
        passages.push_back({"", std::string_view(text).substr(at, kPassageBytes)});
        at += kPassageBytes;
    }
    std::int64_t n_tokens = 0;
    std::vector<BenchRow> rows{new_row("embed", embedder, options, "CPU")};
    const Measured embedding{[] { return Status{}; },
                             [&]() -> Status {
                                 LECTERN_ASSIGN(const std::vector<PassageVectors> vectors,
                                                encoder->embed_passages(passages, stop));
                                 n_tokens = 0;
                                 for (const PassageVectors& v : vectors) n_tokens += v.n_tokens;
                                 return {};
                             }};
    LECTERN_TRY(measure(rows, {embedding}, options.repeat));
    rows[0].n_tokens = static_cast<int>(n_tokens);
    summarise(rows[0], static_cast<double>(n_tokens));
    return rows;
}

}  // namespace lectern
