#include "app/core/bench_run.h"
#include "engine/fusion/fuser.h"

namespace lectern {
namespace {

constexpr int kPassages = 6;

}  // namespace

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

}  // namespace lectern
