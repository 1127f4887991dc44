#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/core/bench_run.h"
#include "engine/model/encoder_config.h"
#include "resources/bench_text.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {
namespace {

std::vector<std::string> own_passages(int n_tokens) {
    constexpr std::size_t kPassageBytes = 900;  // about 200 tokens of English
    const std::string text(kBenchText);
    std::vector<std::string> passages(std::max(1, n_tokens / 200));
    std::size_t at = 0;
    for (std::string& passage : passages) {
        at = at + kPassageBytes > text.size() ? 0 : at;
        passage = text.substr(at, kPassageBytes);
        at += kPassageBytes;
    }
    return passages;
}

/// One list a window, those of a passage behind one another.
Status write_vectors(const std::filesystem::path& path, std::span<const PassageVectors> passages) {
    nlohmann::json json = nlohmann::json::array();
    for (const PassageVectors& passage : passages) {
        const std::size_t width = passage.vectors.size() / passage.n_windows;
        for (auto from = passage.vectors.begin(); from != passage.vectors.end(); from += width)
            json.push_back(std::vector<float>(from, from + width));
    }
    std::ofstream file(path);
    file << json;
    if (!file.flush()) return fail(ErrorCode::kIo, "Cannot write " + path.string() + ".");
    return {};
}

}  // namespace

Result<std::vector<BenchRow>> bench_embed(const std::filesystem::path& embedder,
                                          const BenchOptions& options, std::stop_token stop) {
    LECTERN_ASSIGN(const EncoderConfig config, EncoderConfig::read(embedder));
    LECTERN_ASSIGN(
        const std::unique_ptr<Embedder> encoder,
        load_encoder_embedder(embedder, {.n_threads = options.session.backend.n_threads}));
    const std::vector<std::string> texts =
        options.passages.empty() ? own_passages(options.n_tokens) : options.passages;
    std::vector<PassageText> passages;
    for (const std::string& text : texts) passages.push_back({"", text});

    std::vector<PassageVectors> vectors;
    std::vector<BenchRow> rows{new_row("embed", embedder, options, "CPU")};
    const Measured embedding{[] { return Status{}; },
                             [&]() -> Status {
                                 LECTERN_ASSIGN(vectors, encoder->embed_passages(passages, stop));
                                 return {};
                             }};
    LECTERN_TRY(measure(rows, {embedding}, options.repeat));
    rows[0].n_tokens = 0;
    for (const PassageVectors& v : vectors) {
        rows[0].n_tokens += v.n_tokens;
        // [CLS] and [SEP] are rows as well.
        rows[0].int8_ops +=
            2.0 * static_cast<double>(config.row_cost()) * (v.n_tokens + 2.0 * v.n_windows);
    }
    summarise(rows[0], rows[0].n_tokens);
    if (!options.vectors.empty()) LECTERN_TRY(write_vectors(options.vectors, vectors));
    return rows;
}

}  // namespace lectern
