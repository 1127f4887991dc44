// Products and attention of the CPU backend at the shapes of real models. Each row says what share
// it reaches of the machine's own peak, measured first: `of_int8_peak` or `of_f32_peak` of
// arithmetic, `of_bandwidth` of reading the weights (or keys and values) once.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>
#include <random>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cpu/machine_peak.h"
#include "engine/base/thread_pool.h"
#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

MachinePeak g_peak;  // written once by main

Backend& backend() {
    static const std::unique_ptr<Backend> made = make_cpu_backend({});
    return *made;
}

void fill(std::span<float> values) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(-1.0f, 1.0f);
    for (float& v : values) v = uniform(random);
}

Tensor random_tensor(DType dtype, Shape shape) {
    Tensor tensor = std::move(*backend().allocate(dtype, shape));
    if (dtype == DType::kF32) {
        fill(tensor.view().span<float>());
    } else {
        std::mt19937 random(2);
        for (std::int16_t& integer : tensor.view().span<std::int16_t>())
            integer = static_cast<std::int16_t>(random() % 4001 - 2000);
    }
    return tensor;
}

std::unique_ptr<Weight> random_weight(DType dtype, std::int64_t n_out, std::int64_t n_in) {
    std::vector<std::byte> bytes(row_bytes(dtype, n_in) * n_out);
    std::uint32_t random = 3;
    for (std::byte& b : bytes) {
        random = random * 1664525u + 1013904223u;
        b = static_cast<std::byte>(random >> 27);  // small: no NaN in scales
    }
    return std::move(*backend().pack({dtype, n_out, n_in, bytes, nullptr}));
}

/// Args: type, rows, n_out, n_in. Few rows cycle through copies larger than the cache.
void BM_matmul(benchmark::State& state) {
    const auto dtype = static_cast<DType>(state.range(0));
    const std::int64_t n_rows = state.range(1), n_out = state.range(2), n_in = state.range(3);
    const Tensor x = random_tensor(DType::kF32, {n_rows, n_in});
    const Tensor out = random_tensor(DType::kF32, {n_rows, n_out});
    std::vector<std::unique_ptr<Weight>> weights;
    std::size_t n_bytes = 0;
    do {
        weights.push_back(random_weight(dtype, n_out, n_in));
        n_bytes += weights.back()->n_bytes();
    } while (n_rows <= 32 && n_bytes < (std::size_t{128} << 20));
    std::size_t i = 0;
    for (auto _ : state) backend().matmul(out.view(), x.view(), *weights[i++ % weights.size()], {});
    const double ops = 2.0 * n_rows * n_out * n_in;
    const auto per_second = [&](double amount) {
        return benchmark::Counter(amount, benchmark::Counter::kIsIterationInvariantRate);
    };
    state.counters["GOP/s"] = per_second(ops / 1e9);
    const double peak = dtype <= DType::kBF16 ? g_peak.f32_ops : g_peak.int8_ops;
    if (peak > 0)
        state.counters[dtype <= DType::kBF16 ? "of_f32_peak" : "of_int8_peak"] =
            per_second(ops / peak);
    if (n_rows <= 32)
        state.counters["of_bandwidth"] = per_second(weights[0]->n_bytes() / g_peak.read_bytes);
    state.SetLabel(std::string(info(dtype).name));
}

/// Args: queries, keys, heads, KV heads, head_dim. The queries are the last rows.
void BM_attention(benchmark::State& state) {
    const std::int64_t n = state.range(0), n_keys = state.range(1), n_heads = state.range(2),
                       n_kv_heads = state.range(3), head_dim = state.range(4);
    const Tensor q = random_tensor(DType::kF32, {n, n_heads, head_dim});
    const Tensor out = random_tensor(DType::kF32, {n, n_heads, head_dim});
    std::vector<std::pair<Tensor, Tensor>> caches;
    const Tensor scale = random_tensor(DType::kF32, {n_kv_heads, n_keys});
    const std::size_t n_bytes = std::size_t(4) * n_kv_heads * n_keys * head_dim;
    do
        caches.emplace_back(random_tensor(DType::kI16, {n_kv_heads, n_keys, head_dim}),
                            random_tensor(DType::kI16, {n_kv_heads, n_keys, head_dim}));
    while (n <= 8 && n_bytes * caches.size() < (std::size_t{128} << 20));
    std::vector<std::int32_t> rows, positions;
    for (std::int64_t i = 0; i < n; ++i) rows.push_back(static_cast<int>(n_keys - n + i));
    for (std::int64_t i = 0; i < n_keys; ++i) positions.push_back(static_cast<int>(i));
    const TensorView at{rows.data(), DType::kI32, {n}, Device::kCpu};
    const TensorView position{positions.data(), DType::kI32, {n_keys}, Device::kCpu};
    std::size_t i = 0;
    for (auto _ : state) {
        const auto& [k, v] = caches[i++ % caches.size()];
        backend().attention(out.view(), q.view(), {k.view(), v.view(), scale.view(), scale.view()},
                            at, position, {.scale = 0.1f});
    }
    // Pairs of query and visible key, two products each.
    const double pairs = 0.5 * n * (2.0 * n_keys - n + 1);
    const double ops = pairs * n_heads * head_dim * 4;
    const auto per_second = [&](double amount) {
        return benchmark::Counter(amount, benchmark::Counter::kIsIterationInvariantRate);
    };
    state.counters["GFLOP/s"] = per_second(ops / 1e9);
    if (g_peak.f32_ops > 0) state.counters["of_f32_peak"] = per_second(ops / g_peak.f32_ops);
    if (n <= 8) state.counters["of_bandwidth"] = per_second(n_bytes / g_peak.read_bytes);
}

constexpr auto type(DType dtype) { return static_cast<std::int64_t>(dtype); }

BENCHMARK(BM_matmul)
    ->ArgNames({"type", "rows", "out", "in"})
    ->ArgsProduct({{type(DType::kQ4K), type(DType::kQ6K)}, {1, 2, 4, 8, 16, 512}, {1536}, {8960}})
    ->ArgsProduct({{type(DType::kQ4K)}, {1, 8, 512}, {8960}, {1536}})
    ->ArgsProduct({{type(DType::kQ4_1)}, {1, 8, 512}, {1536}, {576}})
    ->ArgsProduct({{type(DType::kQ4_0), type(DType::kQ5_0), type(DType::kQ5K), type(DType::kQ8_0),
                    type(DType::kQ2K), type(DType::kQ3K), type(DType::kF16), type(DType::kF32)},
                   {1, 8, 512},
                   {1536},
                   {1536}})
    ->Args({type(DType::kQ6K), 1, 151936, 1536})
    ->UseRealTime();
BENCHMARK(BM_attention)
    ->ArgNames({"queries", "keys", "heads", "kv_heads", "head_dim"})
    ->Args({512, 512, 12, 2, 128})
    ->Args({512, 2048, 12, 2, 128})
    ->Args({512, 8192, 12, 2, 128})
    ->Args({512, 2048, 9, 3, 64})
    ->Args({1, 2048, 12, 2, 128})
    ->Args({1, 7168, 9, 3, 64})
    ->Args({8, 2048, 12, 2, 128})
    ->UseRealTime();

}  // namespace
}  // namespace lectern

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    lectern::g_peak = lectern::measure_machine_peak(lectern::default_thread_count());
    std::printf("%s; peaks: int8 %.0f GOP/s, f32 %.0f GFLOP/s, reading %.1f GB/s\n",
                lectern::backend().description().c_str(), lectern::g_peak.int8_ops / 1e9,
                lectern::g_peak.f32_ops / 1e9, lectern::g_peak.read_bytes / 1e9);
    benchmark::RunSpecifiedBenchmarks();
}
