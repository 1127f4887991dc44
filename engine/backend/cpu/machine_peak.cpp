#include "engine/backend/cpu/machine_peak.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "engine/backend/cpu/scratch.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lectern {
namespace {

using Clock = std::chrono::steady_clock;

/// Runs work() on n threads at once; the best of five rounds in seconds.
template <class Work>
double best_seconds(int n_threads, const Work& work) {
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {
        const auto start = Clock::now();
        std::vector<std::thread> threads;
        for (int t = 0; t < n_threads; ++t) threads.emplace_back([&, t] { work(t); });
        for (std::thread& thread : threads) thread.join();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

#if defined(__x86_64__)
constexpr int kSteps = 1 << 22;

__attribute__((target("avx512f,avx512vnni"))) void int8_steps() {
    __m512i sum[16];
    for (auto& s : sum) s = _mm512_setzero_si512();
    __m512i a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(5);
    for (int i = 0; i < kSteps; ++i) {
#pragma GCC unroll 16
        for (auto& s : sum) s = _mm512_dpbusd_epi32(s, a, b);
        asm volatile("" : "+v"(a), "+v"(b));
    }
    for (auto& s : sum) asm volatile("" : : "v"(s));
}

__attribute__((target("avx512f"))) void f32_steps() {
    __m512 sum[16];
    for (auto& s : sum) s = _mm512_setzero_ps();
    __m512 a = _mm512_set1_ps(0.5f), b = _mm512_set1_ps(0.25f);
    for (int i = 0; i < kSteps; ++i) {
#pragma GCC unroll 16
        for (auto& s : sum) s = _mm512_fmadd_ps(a, b, s);
        asm volatile("" : "+v"(a), "+v"(b));
    }
    for (auto& s : sum) asm volatile("" : : "v"(s));
}
#endif

}  // namespace

MachinePeak measure_machine_peak(int n_threads) {
    MachinePeak peak;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vnni")) {
        const double steps = 16.0 * kSteps * n_threads;
        peak.int8_ops = steps * 128 / best_seconds(n_threads, [](int) { int8_steps(); });
        peak.f32_ops = steps * 32 / best_seconds(n_threads, [](int) { f32_steps(); });
    }
#endif
    const std::size_t n = std::size_t{64} << 20;  // words: 512 MiB, far beyond any cache
    const AlignedBytes bytes(allocate_aligned(sizeof(std::uint64_t) * n));  // as weights lie
    if (!bytes) return peak;
    auto* words = static_cast<std::uint64_t*>(bytes.get());
    std::fill_n(words, n, 1);
    peak.read_bytes = 8.0 * n / best_seconds(n_threads, [&](int t) {
                          const std::size_t part = n / n_threads;
                          std::uint64_t sum[8] = {};
                          for (std::size_t i = t * part; i + 8 <= (t + 1) * part; i += 8)
                              for (int j = 0; j < 8; ++j) sum[j] += words[i + j];
                          for (auto& s : sum) asm volatile("" : : "r"(s));
                      });
    return peak;
}

}  // namespace lectern
