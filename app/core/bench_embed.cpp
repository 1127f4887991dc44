#include <algorithm>

#include "app/core/bench_run.h"
#include "resources/bench_text.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {

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
