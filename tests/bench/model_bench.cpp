// A model's forward path in time: prefill, decoding behind it, and steps of several rows, as one
// JSON object. Usage: bench_model MODEL.gguf TOKENS [THREADS]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/model/row_pass.h"

using namespace lectern;

namespace {

constexpr int kBlockRows = 512;
constexpr int kDecoded = 16;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Appends n rows and runs them through all layers, with the last row's logits.
Status advance(Transformer& model, Activations& activations, KvCache& cache, int n) {
    std::vector<TokenId> ids(n);
    for (int i = 0; i < n; ++i) ids[i] = 100 + (cache.size() + i) * 7919 % 20000;
    const int first = cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact);
    LECTERN_ASSIGN(const int last,
                   run_pass({model, activations, cache, consecutive_rows(first, n), {}, 1}));
    std::vector<float> logits(model.config().vocab_size);
    model.logits(activations, last, logits);
    return {};
}

Result<nlohmann::json> run(const char* path, int n_tokens, int n_threads) {
    const auto backend = make_cpu_backend({.n_threads = n_threads});
    const auto load_start = Clock::now();
    LECTERN_ASSIGN(std::shared_ptr<const GgufFile> file, GgufFile::open(path));
    LECTERN_ASSIGN(std::unique_ptr<Transformer> model, Transformer::load(file, *backend));
    nlohmann::json result{{"backend", backend->description()},
                          {"model", model->config().name},
                          {"tokens", n_tokens},
                          {"load_s", seconds_since(load_start)},
                          {"weight_bytes", model->weight_bytes()}};
    LECTERN_ASSIGN(KvCache cache,
                   KvCache::create(*backend, model->config().kv_shape(), n_tokens + 128));
    LECTERN_ASSIGN(Activations activations,
                   Activations::create(*backend, model->config(), kBlockRows));
    LECTERN_TRY(advance(*model, activations, cache, 8));  // first touch of every weight
    cache.truncate(0);
    auto start = Clock::now();
    LECTERN_TRY(advance(*model, activations, cache, n_tokens));
    result["prefill_tokens_per_s"] = n_tokens / seconds_since(start);
    start = Clock::now();
    for (int i = 0; i < kDecoded; ++i) LECTERN_TRY(advance(*model, activations, cache, 1));
    result["decode_tokens_per_s"] = kDecoded / seconds_since(start);
    for (const int n : {1, 2, 4, 8, 16}) {
        start = Clock::now();
        LECTERN_TRY(advance(*model, activations, cache, n));
        result["step_ms_by_rows"][std::to_string(n)] = 1e3 * seconds_since(start);
    }
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_model MODEL.gguf TOKENS [THREADS]\n");
        return 2;
    }
    const auto result = run(argv[1], std::atoi(argv[2]), argc > 3 ? std::atoi(argv[3]) : 0);
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text().c_str());
        return 1;
    }
    std::printf("%s\n", result->dump().c_str());
}
