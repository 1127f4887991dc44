// Sixteen lanes in plain C++: what every other instruction set must equal to the last bit.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "engine/quant/dequantize.h"

namespace lectern {

/// The lanes every kernel body is written in: 16 of f32 or i32 whatever the machine's registers, so
/// that sums have one order. lanes_avx2.h and lanes_avx512.h have the same members.
struct ScalarLanes {
    static constexpr int kRowTile = 4;  ///< rows of a product's register tile

    struct F {
        float v[16];
    };
    struct I {
        std::int32_t v[16];
    };

    template <class Op>
    static F each(Op op) {
        F r;
        for (int i = 0; i < 16; ++i) r.v[i] = op(i);
        return r;
    }

    static F zero() { return set1(0.0f); }
    static F set1(float x) {
        return each([&](int) { return x; });
    }
    static F load(const float* p) {
        return each([&](int i) { return p[i]; });
    }
    /// The first n lanes; the others are 0.
    static F load_n(const float* p, int n) {
        return each([&](int i) { return i < n ? p[i] : 0.0f; });
    }
    static F load(const std::uint16_t* half) {
        return each([&](int i) { return f16_to_f32(half[i]); });
    }
    static F load_n(const std::uint16_t* half, int n) {
        return each([&](int i) { return i < n ? f16_to_f32(half[i]) : 0.0f; });
    }
    static void store(float* p, F a) { std::memcpy(p, a.v, sizeof a.v); }
    static void store_n(float* p, F a, int n) {
        for (int i = 0; i < n && i < 16; ++i) p[i] = a.v[i];
    }
    static void store(std::uint16_t* half, F a) { store_n(half, a, 16); }
    static void store_n(std::uint16_t* half, F a, int n) {
        for (int i = 0; i < n && i < 16; ++i) half[i] = f32_to_f16(a.v[i]);
    }

    static F add(F a, F b) {
        return each([&](int i) { return a.v[i] + b.v[i]; });
    }
    static F sub(F a, F b) {
        return each([&](int i) { return a.v[i] - b.v[i]; });
    }
    static F mul(F a, F b) {
        return each([&](int i) { return a.v[i] * b.v[i]; });
    }
    static F div(F a, F b) {
        return each([&](int i) { return a.v[i] / b.v[i]; });
    }
    /// a · b + c, rounded once.
    static F fma(F a, F b, F c) {
        return each([&](int i) { return std::fma(a.v[i], b.v[i], c.v[i]); });
    }
    static F max(F a, F b) {
        return each([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
    }
    static F min(F a, F b) {
        return each([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
    }
    static F abs(F a) {
        return each([&](int i) { return std::fabs(a.v[i]); });
    }
    /// Magnitude of a, sign of s.
    static F copysign(F a, F s) {
        return each([&](int i) { return std::copysign(a.v[i], s.v[i]); });
    }
    /// a < b ? x : y.
    static F select_less(F a, F b, F x, F y) {
        return each([&](int i) { return a.v[i] < b.v[i] ? x.v[i] : y.v[i]; });
    }
    /// To the nearest integer, ties to even.
    static F round(F a) {
        return each([&](int i) { return std::nearbyint(a.v[i]); });
    }
    /// a · 2^n; pre: n is a whole number and neither n nor the result leaves the normal range.
    static F scale_by_power(F a, F n) {
        return each([&](int i) {
            std::uint32_t bits;
            std::memcpy(&bits, &a.v[i], 4);
            bits += static_cast<std::uint32_t>(static_cast<std::int32_t>(n.v[i])) << 23;
            float r;
            std::memcpy(&r, &bits, 4);
            return r;
        });
    }

    /// Halves folded onto each other: lane i + lane i + 8, then 4, 2, 1.
    static float sum(F a) {
        for (int half = 8; half > 0; half /= 2)
            for (int i = 0; i < half; ++i) a.v[i] += a.v[i + half];
        return a.v[0];
    }
    static float largest(F a) {
        for (int half = 8; half > 0; half /= 2)
            for (int i = 0; i < half; ++i)
                if (!(a.v[i] > a.v[i + half])) a.v[i] = a.v[i + half];
        return a.v[0];
    }
};

}  // namespace lectern
