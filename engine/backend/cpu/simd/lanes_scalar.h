// Sixteen lanes in plain C++: what every other instruction set must equal to the last bit.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "engine/backend/cpu/kernels.h"
#include "engine/quant/dequantize.h"

namespace lectern {

/// The lanes every kernel body is written in: 16 of f32 or i32 whatever the machine's registers, so
/// that sums have one order. lanes_avx2.h and lanes_avx512.h have the same members.
struct ScalarLanes {
    static constexpr int kRowTile = 2;     ///< rows of a product's register tile
    static constexpr int kStreamRows = 1;  ///< the most rows a panel is streamed for at once
    static constexpr int kSuperRows = 1;   ///< rows of a register tile over super-blocks

    static constexpr int kLineTile = 1;  ///< query heads of attention's register tile
    /// Whether add_pairs runs beside dot2 on units that are idle: products by halves then pay.
    static constexpr bool kHasFreeAdds = true;

    struct F {
        float v[16];
    };
    struct I {
        std::int32_t v[16];
    };
    struct B {
        std::uint8_t v[64];
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
    static F load(const Bf16* p) {
        return each([&](int i) { return bf16_to_f32(p[i].bits); });
    }
    static void store(float* p, F a) { std::memcpy(p, a.v, sizeof a.v); }
    static void store_n(float* p, F a, int n) {
        for (int i = 0; i < n && i < 16; ++i) p[i] = a.v[i];
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

    static F load_u8(const std::uint8_t* p) {
        return each([&](int i) { return static_cast<float>(p[i]); });
    }
    static F load_i8(const std::uint8_t* p) {
        return each([&](int i) { return static_cast<float>(static_cast<std::int8_t>(p[i])); });
    }
    static F to_float(I a) {
        return each([&](int i) { return static_cast<float>(a.v[i]); });
    }
    /// To the nearest integer, ties to even.
    static I to_int(F a) {
        I r;
        for (int i = 0; i < 16; ++i) r.v[i] = static_cast<std::int32_t>(std::nearbyint(a.v[i]));
        return r;
    }
    /// Pre: every lane fits.
    static void store_i8(std::int8_t* p, I a) {
        for (int i = 0; i < 16; ++i) p[i] = static_cast<std::int8_t>(a.v[i]);
    }
    static std::int32_t int_sum(I a) {
        std::int32_t total = 0;
        for (const std::int32_t x : a.v) total = wrapping_add(total, x);
        return total;
    }
    static I int_zero() { return int_set1(0); }
    static I int_set1(std::int32_t x) {
        I r;
        for (std::int32_t& lane : r.v) lane = x;
        return r;
    }
    template <int kShift>
    static I int_shift_left(I a) {
        for (std::int32_t& lane : a.v) lane *= 1 << kShift;
        return a;
    }

    /// Sums, differences and dot2 of i32 are modulo 2^32.
    static std::int32_t wrapping_add(std::int32_t a, std::int32_t b) {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) +
                                         static_cast<std::uint32_t>(b));
    }
    static I int_add(I a, I b) {
        for (int i = 0; i < 16; ++i) a.v[i] = wrapping_add(a.v[i], b.v[i]);
        return a;
    }
    /// Divided by 2^kShift, rounded down.
    template <int kShift>
    static I int_shift_right(I a) {
        for (std::int32_t& lane : a.v) lane >>= kShift;
        return a;
    }
    /// Pairs of i16: a · b / 2^15, rounded to nearest, ties up; pre: it fits.
    static I multiply_fractions(I a, I b) {
        for (int i = 0; i < 16; ++i) {
            std::int16_t x[2], y[2];
            std::memcpy(x, &a.v[i], 4);
            std::memcpy(y, &b.v[i], 4);
            for (int j = 0; j < 2; ++j)
                x[j] = static_cast<std::int16_t>((x[j] * y[j] + (1 << 14)) >> 15);
            std::memcpy(&a.v[i], x, 4);
        }
        return a;
    }
    /// Pairs of i16: low's low halves with high's high halves.
    static I join_halves(I low, I high) {
        for (int i = 0; i < 16; ++i)
            low.v[i] =
                static_cast<std::int32_t>((static_cast<std::uint32_t>(low.v[i]) & 0xffff) |
                                          (static_cast<std::uint32_t>(high.v[i]) & ~0xffffu));
        return low;
    }
    /// Sixteen pairs of bytes, signed or not, as pairs of i16.
    template <bool kSigned>
    static I byte_pairs(const std::uint8_t* p) {
        I r;
        for (int i = 0; i < 16; ++i) {
            const auto widen = [](std::uint8_t x) {
                return kSigned ? std::int16_t{static_cast<std::int8_t>(x)} : std::int16_t{x};
            };
            const std::int16_t pair[2] = {widen(p[2 * i]), widen(p[2 * i + 1])};
            std::memcpy(&r.v[i], pair, 4);
        }
        return r;
    }

    /// Sixteen i32, or as many pairs of i16, from p; of load_int_n the first n, the others 0.
    static I load_int(const void* p) { return load_int_n(p, 16); }
    static I load_int_n(const void* p, int n) {
        I r = int_zero();
        std::memcpy(r.v, p, sizeof(std::int32_t) * (n < 16 ? n : 16));
        return r;
    }
    static void store_int(void* p, I a) { std::memcpy(p, a.v, sizeof a.v); }
    /// The first n lanes; pre: each fits.
    static void store_n(std::int16_t* p, I a, int n) {
        for (int i = 0; i < n && i < 16; ++i) p[i] = static_cast<std::int16_t>(a.v[i]);
    }
    static F load_n(const std::int16_t* p, int n) {
        return each([&](int i) { return i < n ? static_cast<float>(p[i]) : 0.0f; });
    }
    /// The two i16 at p in every lane.
    static I broadcast_pair(const std::int16_t* p) {
        std::int32_t pair;
        std::memcpy(&pair, p, 4);
        return int_set1(pair);
    }
    /// acc + a's first i16 · b's first + a's second · b's second, lane by lane; pre: no i16 is
    /// −2^15.
    static I dot2(I acc, I a, I b) {
        for (int i = 0; i < 16; ++i) {
            std::int16_t x[2], y[2];
            std::memcpy(x, &a.v[i], 4);
            std::memcpy(y, &b.v[i], 4);
            acc.v[i] = wrapping_add(acc.v[i], x[0] * y[0] + x[1] * y[1]);
        }
        return acc;
    }
    /// Pairs of i16; pre: the sums fit.
    static I add_pairs(I a, I b) {
        for (int i = 0; i < 16; ++i) {
            std::int16_t x[2], y[2];
            std::memcpy(x, &a.v[i], 4);
            std::memcpy(y, &b.v[i], 4);
            for (int j = 0; j < 2; ++j) x[j] = static_cast<std::int16_t>(x[j] + y[j]);
            std::memcpy(&a.v[i], x, 4);
        }
        return a;
    }
    static I int_sub(I a, I b) {
        for (int i = 0; i < 16; ++i)
            a.v[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(a.v[i]) -
                                               static_cast<std::uint32_t>(b.v[i]));
        return a;
    }

    static B load_bytes(const std::uint8_t* p) {
        B r;
        std::memcpy(r.v, p, 64);
        return r;
    }
    static void store_bytes(std::uint8_t* p, B a) { std::memcpy(p, a.v, 64); }
    /// Each byte shifted right by kShift (left if negative), then masked.
    template <int kShift, int kMask>
    static B bits(B a) {
        for (std::uint8_t& x : a.v)
            x = static_cast<std::uint8_t>((kShift >= 0 ? x >> (kShift & 7) : x << (-kShift & 7)) &
                                          kMask);
        return a;
    }
    static B or_bytes(B a, B b) {
        for (int i = 0; i < 64; ++i) a.v[i] |= b.v[i];
        return a;
    }
    /// The four int8 at p in every lane.
    static I broadcast4(const std::int8_t* p) {
        std::int32_t four;
        std::memcpy(&four, p, 4);
        return int_set1(four);
    }
    /// acc[lane] + Σ of four w (unsigned) · a (signed, −127 … 127). kIsWide: w may exceed 127.
    template <bool kIsWide>
    static I dot4(I acc, B w, I a) {
        for (int i = 0; i < 16; ++i) {
            std::int8_t four[4];
            std::memcpy(four, &a.v[i], 4);
            for (int j = 0; j < 4; ++j) acc.v[i] += w.v[4 * i + j] * four[j];
        }
        return acc;
    }
    /// Into the second-level cache: the first one's few fill buffers are left to what is needed
    /// now, and streaming is some 1.4 times as fast.
    static void prefetch(const void*) {}

    /// Halves folded onto each other: lane i + lane i + 8, then 4, 2, 1.
    static float sum(F a) {
        for (int half = 8; half > 0; half /= 2)
            for (int i = 0; i < half; ++i) a.v[i] += a.v[i + half];
        return a.v[0];
    }
    static float first_lane(F a) { return a.v[0]; }
    /// Lanes [from, to) of a (the bounds may lie outside), `other` elsewhere.
    static F select_range(F a, int from, int to, F other) {
        return each([&](int i) { return i >= from && i < to ? a.v[i] : other.v[i]; });
    }
    /// rows[i] lane j ↔ rows[j] lane i.
    static void transpose(F* rows) {
        for (int i = 0; i < 16; ++i)
            for (int j = 0; j < i; ++j) std::swap(rows[i].v[j], rows[j].v[i]);
    }
    static float largest(F a) {
        for (int half = 8; half > 0; half /= 2)
            for (int i = 0; i < half; ++i)
                if (!(a.v[i] > a.v[i + half])) a.v[i] = a.v[i + half];
        return a.v[0];
    }
};

}  // namespace lectern
