// Bodies of the kernels that work row by row or element by element, over sixteen lanes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/simd/lane_math.h"

namespace lectern {

template <class L>
struct RowKernels {
    using F = typename L::F;
    using Math = LaneMath<L>;

    static int left(std::int64_t n, std::int64_t i) {
        return static_cast<int>(n - i < 16 ? n - i : 16);
    }

    static void rms_norm(float* out, const float* x, const float* weight, std::int64_t d,
                         float eps) {
        F squares = L::zero();
        for (std::int64_t i = 0; i < d; i += 16) {
            const F v = L::load_n(x + i, left(d, i));
            squares = L::fma(v, v, squares);
        }
        const float scale = 1.0f / std::sqrt(L::sum(squares) / static_cast<float>(d) + eps);
        for (std::int64_t i = 0; i < d; i += 16) {
            const int n = left(d, i);
            const F v = L::mul(L::load_n(x + i, n), L::set1(scale));
            L::store_n(out + i, L::mul(v, L::load_n(weight + i, n)), n);
        }
    }

    static void layer_norm(float* out, const float* x, const float* weight, const float* bias,
                           std::int64_t d, float eps) {
        F total = L::zero();
        for (std::int64_t i = 0; i < d; i += 16)
            total = L::add(total, L::load_n(x + i, left(d, i)));
        const float mean = L::sum(total) / static_cast<float>(d);
        F squares = L::zero();
        for (std::int64_t i = 0; i < d; i += 16) {
            const int n = left(d, i);
            const F v = n == 16 ? L::sub(L::load(x + i), L::set1(mean)) : centred(x + i, mean, n);
            squares = L::fma(v, v, squares);
        }
        const float scale = 1.0f / std::sqrt(L::sum(squares) / static_cast<float>(d) + eps);
        for (std::int64_t i = 0; i < d; i += 16) {
            const int n = left(d, i);
            F v = L::mul(L::sub(L::load_n(x + i, n), L::set1(mean)), L::set1(scale));
            if (weight) v = L::mul(v, L::load_n(weight + i, n));
            if (bias) v = L::add(v, L::load_n(bias + i, n));
            L::store_n(out + i, v, n);
        }
    }

    /// x − mean in the first n lanes, 0 in the others.
    static F centred(const float* x, float mean, int n) {
        float v[16] = {};
        for (int i = 0; i < n; ++i) v[i] = x[i] - mean;
        return L::load(v);
    }

    static void add(float* x, const float* y, std::int64_t n) {
        for (std::int64_t i = 0; i < n; ++i) x[i] += y[i];
    }

    static F activated(F x, Activation activation) {
        switch (activation) {
            case Activation::kSilu:
                return Math::gate(x, x);
            case Activation::kGeluTanh: {
                // ½x (1 + tanh u) = x · logistic(2u), u = √(2/π) (x + 0.044715 x³).
                const F cube = L::mul(L::mul(x, x), x);
                const F u = L::fma(cube, L::set1(0.044715f), x);
                return Math::gate(x, L::mul(u, L::set1(1.59576912f)));
            }
            case Activation::kGeluErf:
                break;
        }
        const F erf = Math::erf(L::mul(x, L::set1(0.707106781f)));
        return L::mul(L::mul(L::set1(0.5f), x), L::add(L::set1(1.0f), erf));
    }

    static void activate(float* x, std::int64_t n, Activation activation) {
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            L::store_n(x + i, activated(L::load_n(x + i, m), activation), m);
        }
    }

    static void gated_activate(float* gate, const float* up, std::int64_t n,
                               Activation activation) {
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            const F g = activated(L::load_n(gate + i, m), activation);
            L::store_n(gate + i, L::mul(g, L::load_n(up + i, m)), m);
        }
    }

    static void softcap(float* x, std::int64_t n, float cap) {
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            L::store_n(x + i, capped(L::load_n(x + i, m), cap), m);
        }
    }

    static F capped(F x, float cap) {
        return L::mul(Math::tanh(L::div(x, L::set1(cap))), L::set1(cap));
    }

    static void rotate(float* x, const float* cos, const float* sin, int n_pairs, RopeStyle style) {
        if (style == RopeStyle::kHalves) {
            float* y = x + n_pairs;
            for (int i = 0; i < n_pairs; ++i) {
                const float a = x[i], b = y[i];
                x[i] = a * cos[i] - b * sin[i];
                y[i] = a * sin[i] + b * cos[i];
            }
        } else {
            for (int i = 0; i < n_pairs; ++i) {
                const float a = x[2 * i], b = x[2 * i + 1];
                x[2 * i] = a * cos[i] - b * sin[i];
                x[2 * i + 1] = a * sin[i] + b * cos[i];
            }
        }
    }

    static float to_i16(std::int16_t* out, const float* x, std::int64_t n,
                        const Int16Limits& limits) {
        F most = L::zero(), squares = L::zero();
        for (std::int64_t i = 0; i < n; i += 16) {
            const F v = L::load_n(x + i, left(n, i));
            most = L::max(most, L::abs(v));
            squares = L::fma(v, v, squares);
        }
        const float largest = L::largest(most);
        const float scale =
            std::max(largest / limits.largest, std::sqrt(L::sum(squares)) / limits.longest);
        const F inverse = L::set1(scale > 1e-30f ? 1.0f / scale : 0.0f);
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            L::store_n(out + i, L::to_int(L::mul(L::load_n(x + i, m), inverse)), m);
        }
        return scale;
    }

    static FactorI16 to_factor(std::int16_t* out, const float* x, std::int64_t n,
                               const Int16Limits& limits) {
        const float scale = to_i16(out, x, n, limits);
        auto dot = L::int_zero();
        const std::int64_t n_pairs = n / 4;  // of a half
        for (std::int64_t i = 0; i < n_pairs; i += 16) {
            const int m = left(n_pairs, i);
            dot =
                L::dot2(dot, L::load_int_n(out + 2 * i, m), L::load_int_n(out + n / 2 + 2 * i, m));
        }
        return {scale, L::int_sum(dot)};
    }

    static void from_f16(float* out, const std::uint16_t* x, std::int64_t n) {
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            if (m == 16)
                L::store(out + i, L::load(x + i));
            else
                L::store_n(out + i, L::load_n(x + i, m), m);
        }
    }

    static void dequantise_8(float* out, const std::uint8_t* q, const float* step,
                             const float* minimum, std::int64_t n) {
        for (std::int64_t i = 0; i < n; i += 16)
            levels(out + i, bytes(q + i, left(n, i)), step + i, minimum + i, left(n, i));
    }

    static void dequantise_4(float* out, const std::uint8_t* q, const float* step,
                             const float* minimum, std::int64_t n) {
        const std::int64_t half = (n + 1) / 2;
        for (std::int64_t i = 0; i < half; i += 16) {
            const F both = bytes(q + i, left(half, i));
            // ⌊both / 16⌋: the nearest integer to it less 15/32, as 0 … 15/16 are over. Exact.
            const F high = L::round(L::fma(both, L::set1(0.0625f), L::set1(-0.46875f)));
            const F low = L::fma(high, L::set1(-16.0f), both);
            levels(out + i, low, step + i, minimum + i, left(half, i));
            const std::int64_t at = half + i;
            levels(out + at, high, step + at, minimum + at, left(n, at));
        }
    }

    /// out = minimum + step · q in the first n lanes.
    static void levels(float* out, F q, const float* step, const float* minimum, int n) {
        if (n == 16)
            L::store(out, L::fma(q, L::load(step), L::load(minimum)));
        else
            L::store_n(out, L::fma(q, L::load_n(step, n), L::load_n(minimum, n)), n);
    }

    /// The first n bytes; the others are 0.
    static F bytes(const std::uint8_t* q, int n) {
        if (n == 16) return L::load_u8(q);
        std::uint8_t some[16] = {};
        for (int i = 0; i < n; ++i) some[i] = q[i];
        return L::load_u8(some);
    }

    template <class T>
    static float distance(const float* a, const T* b, float scale, std::int64_t n) {
        F total = L::zero();
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = left(n, i);
            const F v = L::sub(L::load_n(a + i, m), L::mul(L::load_n(b + i, m), L::set1(scale)));
            total = L::fma(v, v, total);
        }
        return L::sum(total);
    }
};

}  // namespace lectern
