// A development tool: a GGUF model's logits behind every token of a file, for comparison with
// PyTorch (tests/golden/compare_numerics.py).
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/model/row_pass.h"

using namespace lectern;

namespace {

struct Options {
    std::filesystem::path model, ids, out;
    bool plain = false;
    bool f32_kv = false;
    int n_threads = 0;
};

constexpr int kBlockRows = 128;

/// Decimal token ids, separated by white space.
Result<std::vector<TokenId>> read_ids(const std::filesystem::path& path, int vocab_size) {
    std::ifstream file(path);
    std::vector<TokenId> ids;
    for (TokenId id; file >> id;) {
        if (id < 0 || id >= vocab_size)
            return fail(ErrorCode::kInvalidArgument,
                        "Token " + std::to_string(id) + " is not in the vocabulary.");
        ids.push_back(id);
    }
    if (ids.empty() || !file.eof())
        return fail(ErrorCode::kInvalidArgument, path.string() + " is not a list of token ids.");
    return ids;
}

/// Appends the logits of every row of the last block, as f32, row by row.
Status write_logits(Transformer& model, Activations& activations, int n_rows, std::ofstream& out) {
    const std::size_t vocab = model.config().vocab_size;
    std::vector<float> logits(Transformer::kLogitRows * vocab);
    for (int first = 0; first < n_rows; first += Transformer::kLogitRows) {
        const int n = std::min(Transformer::kLogitRows, n_rows - first);
        const std::span<float> some = std::span(logits).first(n * vocab);
        model.logits(activations, first, n, some);
        out.write(reinterpret_cast<const char*>(some.data()),
                  static_cast<std::streamsize>(some.size_bytes()));
    }
    if (!out) return fail(ErrorCode::kIo, "The logits cannot be written.");
    return {};
}

Status run(const Options& options) {
    const auto backend = make_cpu_backend(
        {.n_threads = options.n_threads,
         .numerics = options.plain ? CpuNumerics::kPlainF32 : CpuNumerics::kQuantised});
    LECTERN_ASSIGN(std::shared_ptr<const GgufFile> file, GgufFile::open(options.model));
    LECTERN_ASSIGN(std::unique_ptr<Transformer> model, Transformer::load(file, *backend));
    LECTERN_ASSIGN(const std::vector<TokenId> ids,
                   read_ids(options.ids, model->config().vocab_size));
    const int n_tokens = static_cast<int>(ids.size());
    LECTERN_ASSIGN(KvCache cache, KvCache::create(*backend, model->config().kv_shape(), n_tokens,
                                                  options.f32_kv ? DType::kF32 : DType::kI16));
    LECTERN_ASSIGN(Activations activations,
                   Activations::create(*backend, model->config(), kBlockRows));
    std::ofstream out(options.out, std::ios::binary);
    const auto rows = consecutive_rows(0, n_tokens);
    cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact);
    for (int begin = 0; begin < n_tokens; begin += kBlockRows) {
        const int n = std::min(kBlockRows, n_tokens - begin);
        LECTERN_TRY(
            run_pass({*model, activations, cache, std::span(rows).subspan(begin, n), {}, n}));
        LECTERN_TRY(write_logits(*model, activations, n, out));
        std::fprintf(stderr, "\r%d of %d tokens", begin + n, n_tokens);
    }
    std::fprintf(stderr, "\n");
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Writes the logits (f32, row by row) behind every token of a file"};
    Options options;
    app.add_option("model", options.model, "GGUF file")->required();
    app.add_option("ids", options.ids, "token ids, separated by white space")->required();
    app.add_option("out", options.out, "where the logits go")->required();
    app.add_flag("--plain", options.plain, "dequantised weights and f32 products");
    app.add_flag("--f32-kv", options.f32_kv, "keys and values in f32 rather than f16");
    app.add_option("--threads", options.n_threads, "0: as many as the machine has");
    CLI11_PARSE(app, argc, argv);
    const Status status = run(options);
    if (!status) std::cerr << status.error().text() << "\n";
    return status ? 0 : 1;
}
