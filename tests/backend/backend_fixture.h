// Random tensors, every instruction set of this machine, and distances, for the backend's tests.
#pragma once

#include <cmath>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/backend/cpu/cpu_backend.h"

namespace lectern::test {

/// The instruction sets this machine runs, the plainest first.
inline std::vector<CpuIsa> all_isas() {
    std::vector<CpuIsa> isas;
    for (int isa = 0; isa <= static_cast<int>(detect_cpu_isa()); ++isa)
        isas.push_back(static_cast<CpuIsa>(isa));
    return isas;
}

inline std::unique_ptr<Backend> make_backend(CpuIsa isa, int n_threads = 2,
                                             CpuNumerics numerics = CpuNumerics::kQuantised) {
    return make_cpu_backend({.n_threads = n_threads, .max_isa = isa, .numerics = numerics});
}

/// Normal with the given deviation.
inline std::vector<float> random_values(std::size_t n, unsigned seed, float deviation = 1.0f) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.0f, deviation);
    std::vector<float> values(n);
    for (float& v : values) v = normal(random);
    return values;
}

template <class T>
TensorView view(std::vector<T>& values, DType dtype, Shape shape) {
    return {values.data(), dtype, shape, Device::kCpu};
}
inline TensorView view(std::vector<float>& values, Shape shape) {
    return view(values, DType::kF32, shape);
}
inline TensorView view(std::vector<std::int32_t>& values) {
    return view(values, DType::kI32, {static_cast<std::int64_t>(values.size())});
}

template <class T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

inline bool same_bits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

/// Σ (a − b)² / Σ b².
inline double nmse(std::span<const float> a, std::span<const float> b) {
    double error = 0, power = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        error += (double{a[i]} - b[i]) * (double{a[i]} - b[i]);
        power += double{b[i]} * b[i];
    }
    return power > 0 ? error / power : error;
}

}  // namespace lectern::test
