// Sixteen lanes in two AVX2 registers. Only for units compiled with AVX2, FMA and F16C.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "engine/backend/cpu/kernels.h"

namespace lectern {

/// Members as in ScalarLanes.
struct Avx2Lanes {
    static constexpr int kRowTile = 2;
    static constexpr int kStreamRows = 1;
    static constexpr int kSuperRows = 1;
    static constexpr int kLineTile = 1;
    static constexpr bool kHasFreeAdds = false;

    struct F {
        __m256 lo, hi;
    };
    struct I {
        __m256i lo, hi;
    };
    using B = I;

    /// Lanes [at, at + 8) that lie below n.
    static __m256i first(int n, int at) {
        return _mm256_cmpgt_epi32(_mm256_set1_epi32(n - at),
                                  _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    }

    static F zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
    static F set1(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
    static F load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
    static F load_n(const float* p, int n) {
        return {_mm256_maskload_ps(p, first(n, 0)), _mm256_maskload_ps(p + 8, first(n, 8))};
    }
    static F load(const std::uint16_t* half) {
        const auto* p = reinterpret_cast<const __m128i*>(half);
        return {_mm256_cvtph_ps(_mm_loadu_si128(p)), _mm256_cvtph_ps(_mm_loadu_si128(p + 1))};
    }
    static F load_n(const std::uint16_t* half, int n) {
        std::uint16_t whole[16] = {};
        for (int i = 0; i < n && i < 16; ++i) whole[i] = half[i];
        return load(whole);
    }
    static F load(const Bf16* p) {
        const auto* x = reinterpret_cast<const __m128i*>(p);
        return {load_8(_mm_loadu_si128(x)), load_8(_mm_loadu_si128(x + 1))};
    }
    static __m256 load_8(__m128i bf16) {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bf16), 16));
    }
    static void store(float* p, F a) {
        _mm256_storeu_ps(p, a.lo);
        _mm256_storeu_ps(p + 8, a.hi);
    }
    static void store_n(float* p, F a, int n) {
        _mm256_maskstore_ps(p, first(n, 0), a.lo);
        _mm256_maskstore_ps(p + 8, first(n, 8), a.hi);
    }

    static F add(F a, F b) { return {_mm256_add_ps(a.lo, b.lo), _mm256_add_ps(a.hi, b.hi)}; }
    static F sub(F a, F b) { return {_mm256_sub_ps(a.lo, b.lo), _mm256_sub_ps(a.hi, b.hi)}; }
    static F mul(F a, F b) { return {_mm256_mul_ps(a.lo, b.lo), _mm256_mul_ps(a.hi, b.hi)}; }
    static F div(F a, F b) { return {_mm256_div_ps(a.lo, b.lo), _mm256_div_ps(a.hi, b.hi)}; }
    static F fma(F a, F b, F c) {
        return {_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
    }
    static F max(F a, F b) { return {_mm256_max_ps(a.lo, b.lo), _mm256_max_ps(a.hi, b.hi)}; }
    static F min(F a, F b) { return {_mm256_min_ps(a.lo, b.lo), _mm256_min_ps(a.hi, b.hi)}; }
    static F abs(F a) {
        const __m256 sign = _mm256_set1_ps(-0.0f);
        return {_mm256_andnot_ps(sign, a.lo), _mm256_andnot_ps(sign, a.hi)};
    }
    static F copysign(F a, F s) {
        const __m256 sign = _mm256_set1_ps(-0.0f);
        return {_mm256_or_ps(_mm256_andnot_ps(sign, a.lo), _mm256_and_ps(sign, s.lo)),
                _mm256_or_ps(_mm256_andnot_ps(sign, a.hi), _mm256_and_ps(sign, s.hi))};
    }
    static F select_less(F a, F b, F x, F y) {
        return {_mm256_blendv_ps(y.lo, x.lo, _mm256_cmp_ps(a.lo, b.lo, _CMP_LT_OQ)),
                _mm256_blendv_ps(y.hi, x.hi, _mm256_cmp_ps(a.hi, b.hi, _CMP_LT_OQ))};
    }
    static F round(F a) {
        constexpr int kNearest = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
        return {_mm256_round_ps(a.lo, kNearest), _mm256_round_ps(a.hi, kNearest)};
    }
    static F scale_by_power(F a, F n) {
        return {scale_by_power(a.lo, n.lo), scale_by_power(a.hi, n.hi)};
    }
    static __m256 scale_by_power(__m256 a, __m256 n) {
        return _mm256_castsi256_ps(
            _mm256_add_epi32(_mm256_castps_si256(a), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
    }

    static F load_u8(const std::uint8_t* p) {
        const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        return to_float({_mm256_cvtepu8_epi32(x), _mm256_cvtepu8_epi32(_mm_srli_si128(x, 8))});
    }
    static F load_i8(const std::uint8_t* p) {
        const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        return to_float({_mm256_cvtepi8_epi32(x), _mm256_cvtepi8_epi32(_mm_srli_si128(x, 8))});
    }
    static F to_float(I a) { return {_mm256_cvtepi32_ps(a.lo), _mm256_cvtepi32_ps(a.hi)}; }
    static I to_int(F a) { return {_mm256_cvtps_epi32(a.lo), _mm256_cvtps_epi32(a.hi)}; }
    static void store_i8(std::int8_t* p, I a) {
        std::int32_t v[16];
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(v), a.lo);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(v + 8), a.hi);
        for (int i = 0; i < 16; ++i) p[i] = static_cast<std::int8_t>(v[i]);
    }
    static std::int32_t int_sum(I a) {
        std::uint32_t v[8], total = 0;
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(v), _mm256_add_epi32(a.lo, a.hi));
        for (const std::uint32_t x : v) total += x;
        return static_cast<std::int32_t>(total);
    }
    static I int_zero() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
    static I int_set1(std::int32_t x) { return {_mm256_set1_epi32(x), _mm256_set1_epi32(x)}; }
    template <int kShift>
    static I int_shift_left(I a) {
        return {_mm256_slli_epi32(a.lo, kShift), _mm256_slli_epi32(a.hi, kShift)};
    }

    static I int_add(I a, I b) {
        return {_mm256_add_epi32(a.lo, b.lo), _mm256_add_epi32(a.hi, b.hi)};
    }
    template <int kShift>
    static I int_shift_right(I a) {
        return {_mm256_srai_epi32(a.lo, kShift), _mm256_srai_epi32(a.hi, kShift)};
    }
    static I multiply_fractions(I a, I b) {
        return {_mm256_mulhrs_epi16(a.lo, b.lo), _mm256_mulhrs_epi16(a.hi, b.hi)};
    }
    static I join_halves(I low, I high) {
        return {_mm256_blend_epi16(low.lo, high.lo, 0xaa),
                _mm256_blend_epi16(low.hi, high.hi, 0xaa)};
    }
    template <bool kSigned>
    static I byte_pairs(const std::uint8_t* p) {
        const auto* q = reinterpret_cast<const __m128i*>(p);
        const auto widen = [](__m128i x) {
            return kSigned ? _mm256_cvtepi8_epi16(x) : _mm256_cvtepu8_epi16(x);
        };
        return {widen(_mm_loadu_si128(q)), widen(_mm_loadu_si128(q + 1))};
    }

    static I load_int(const void* p) {
        const auto* q = static_cast<const __m256i*>(p);
        return {_mm256_loadu_si256(q), _mm256_loadu_si256(q + 1)};
    }
    static I load_int_n(const void* p, int n) {
        const auto* q = static_cast<const int*>(p);
        return {_mm256_maskload_epi32(q, first(n, 0)), _mm256_maskload_epi32(q + 8, first(n, 8))};
    }
    static void store_int(void* p, I a) {
        auto* q = static_cast<__m256i*>(p);
        _mm256_storeu_si256(q, a.lo);
        _mm256_storeu_si256(q + 1, a.hi);
    }
    static void store_n(std::int16_t* p, I a, int n) {
        std::int32_t v[16];
        store_int(v, a);
        for (int i = 0; i < n && i < 16; ++i) p[i] = static_cast<std::int16_t>(v[i]);
    }
    static F load_n(const std::int16_t* p, int n) {
        std::int32_t v[16] = {};
        for (int i = 0; i < n && i < 16; ++i) v[i] = p[i];
        return to_float(load_int(v));
    }
    static I broadcast_pair(const std::int16_t* p) {
        std::int32_t pair;
        __builtin_memcpy(&pair, p, 4);
        return int_set1(pair);
    }
    static I dot2(I acc, I a, I b) {
        return {_mm256_add_epi32(acc.lo, _mm256_madd_epi16(a.lo, b.lo)),
                _mm256_add_epi32(acc.hi, _mm256_madd_epi16(a.hi, b.hi))};
    }
    static I add_pairs(I a, I b) {
        return {_mm256_add_epi16(a.lo, b.lo), _mm256_add_epi16(a.hi, b.hi)};
    }
    static I int_sub(I a, I b) {
        return {_mm256_sub_epi32(a.lo, b.lo), _mm256_sub_epi32(a.hi, b.hi)};
    }

    static B load_bytes(const std::uint8_t* p) {
        const auto* q = reinterpret_cast<const __m256i*>(p);
        return {_mm256_loadu_si256(q), _mm256_loadu_si256(q + 1)};
    }
    static void store_bytes(std::uint8_t* p, B a) {
        auto* q = reinterpret_cast<__m256i*>(p);
        _mm256_storeu_si256(q, a.lo);
        _mm256_storeu_si256(q + 1, a.hi);
    }
    template <int kShift, int kMask>
    static __m256i bits(__m256i a) {
        if constexpr (kShift > 0) a = _mm256_srli_epi16(a, kShift);
        if constexpr (kShift < 0) a = _mm256_slli_epi16(a, -kShift);
        return _mm256_and_si256(a, _mm256_set1_epi8(static_cast<char>(kMask)));
    }
    template <int kShift, int kMask>
    static B bits(B a) {
        return {bits<kShift, kMask>(a.lo), bits<kShift, kMask>(a.hi)};
    }
    static B or_bytes(B a, B b) {
        return {_mm256_or_si256(a.lo, b.lo), _mm256_or_si256(a.hi, b.hi)};
    }
    static I broadcast4(const std::int8_t* p) {
        std::int32_t four;
        __builtin_memcpy(&four, p, 4);
        return int_set1(four);
    }
    /// Pairs of products are summed in i16: 2 · 128 · 127 just fits, so wide w goes in two parts.
    template <bool kIsWide>
    static __m256i dot4(__m256i acc, __m256i w, __m256i a) {
        const __m256i ones = _mm256_set1_epi16(1);
        if constexpr (kIsWide) {
            const __m256i top = _mm256_and_si256(w, _mm256_set1_epi8(-128));
            acc = _mm256_add_epi32(acc, _mm256_madd_epi16(_mm256_maddubs_epi16(top, a), ones));
            w = _mm256_andnot_si256(top, w);
        }
        return _mm256_add_epi32(acc, _mm256_madd_epi16(_mm256_maddubs_epi16(w, a), ones));
    }
    template <bool kIsWide>
    static I dot4(I acc, B w, I a) {
        return {dot4<kIsWide>(acc.lo, w.lo, a.lo), dot4<kIsWide>(acc.hi, w.hi, a.hi)};
    }
    static void prefetch(const void* p) { __builtin_prefetch(p, 0, 2); }

    static float sum(F a) {
        const __m256 eight = _mm256_add_ps(a.lo, a.hi);
        const __m128 four =
            _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
        const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    }
    static float first_lane(F a) { return _mm256_cvtss_f32(a.lo); }
    static F select_range(F a, int from, int to, F other) {
        return {select_range(a.lo, from, to, other.lo),
                select_range(a.hi, from - 8, to - 8, other.hi)};
    }
    static __m256 select_range(__m256 a, int from, int to, __m256 other) {
        const __m256i keep = _mm256_andnot_si256(first(from, 0), first(to, 0));
        return _mm256_blendv_ps(other, a, _mm256_castsi256_ps(keep));
    }
    static void transpose(F* rows) {
        float in[16][16], out[16][16];
        for (int i = 0; i < 16; ++i) store(in[i], rows[i]);
        for (int i = 0; i < 16; ++i)
            for (int j = 0; j < 16; ++j) out[j][i] = in[i][j];
        for (int i = 0; i < 16; ++i) rows[i] = load(out[i]);
    }
    static float largest(F a) {
        const __m256 eight = _mm256_max_ps(a.lo, a.hi);
        const __m128 four =
            _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
        const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
    }
};

}  // namespace lectern
