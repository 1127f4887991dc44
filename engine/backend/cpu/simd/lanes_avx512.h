// Sixteen lanes in one AVX-512 register. Only for units compiled with AVX-512.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "engine/backend/cpu/kernels.h"

namespace lectern {

/// Members as in ScalarLanes.
struct Avx512Lanes {
    static constexpr int kRowTile = 6;
    static constexpr int kStreamRows = 4;
    static constexpr int kSuperRows = 4;
    static constexpr int kLineTile = 6;
    static constexpr bool kHasFreeAdds = true;

    using F = __m512;
    /// Not __m512i, whose elements are of 64 bits: arrays of accumulators then stay in registers.
    using I = __v16si;
    using B = __m512i;

    static __m512i raw(I a) { return __m512i(a); }
    static __mmask16 first(int n) {
        return static_cast<__mmask16>((1u << (n < 0 ? 0 : n < 16 ? n : 16)) - 1u);
    }

    static F zero() { return _mm512_setzero_ps(); }
    static F set1(float x) { return _mm512_set1_ps(x); }
    static F load(const float* p) { return _mm512_loadu_ps(p); }
    static F load_n(const float* p, int n) { return _mm512_maskz_loadu_ps(first(n), p); }
    static F load(const std::uint16_t* half) {
        return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(half)));
    }
    static F load_n(const std::uint16_t* half, int n) {
        return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(first(n), half));
    }
    static F load(const Bf16* p) {
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(x), 16));
    }
    static void store(float* p, F a) { _mm512_storeu_ps(p, a); }
    /// Masked stores are slow on some machines, and most stores are of whole vectors.
    static void store_n(float* p, F a, int n) {
        if (n >= 16)
            store(p, a);
        else
            _mm512_mask_storeu_ps(p, first(n), a);
    }

    static F add(F a, F b) { return _mm512_add_ps(a, b); }
    static F sub(F a, F b) { return _mm512_sub_ps(a, b); }
    static F mul(F a, F b) { return _mm512_mul_ps(a, b); }
    static F div(F a, F b) { return _mm512_div_ps(a, b); }
    static F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
    static F max(F a, F b) { return _mm512_max_ps(a, b); }
    static F min(F a, F b) { return _mm512_min_ps(a, b); }
    static F abs(F a) { return _mm512_abs_ps(a); }
    static F copysign(F a, F s) {
        const __m512i sign = _mm512_set1_epi32(static_cast<int>(0x80000000u));
        return _mm512_castsi512_ps(
            _mm512_ternarylogic_epi32(sign, _mm512_castps_si512(s), _mm512_castps_si512(a), 0xca));
    }
    static F select_less(F a, F b, F x, F y) {
        return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(a, b, _CMP_LT_OQ), y, x);
    }
    static F round(F a) {
        return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    }
    static F scale_by_power(F a, F n) {
        return _mm512_castsi512_ps(
            _mm512_add_epi32(_mm512_castps_si512(a), _mm512_slli_epi32(_mm512_cvtps_epi32(n), 23)));
    }

    static F load_u8(const std::uint8_t* p) {
        return to_float(
            I(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)))));
    }
    static F load_i8(const std::uint8_t* p) {
        return to_float(
            I(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)))));
    }
    static F to_float(I a) { return _mm512_cvtepi32_ps(raw(a)); }
    static I to_int(F a) { return I(_mm512_cvtps_epi32(a)); }
    static void store_i8(std::int8_t* p, I a) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(raw(a)));
    }
    static std::int32_t int_sum(I a) { return _mm512_reduce_add_epi32(raw(a)); }
    static I int_zero() { return I(_mm512_setzero_si512()); }
    static I int_set1(std::int32_t x) { return I(_mm512_set1_epi32(x)); }
    template <int kShift>
    static I int_shift_left(I a) {
        return I(_mm512_slli_epi32(raw(a), kShift));
    }

    static I int_add(I a, I b) { return a + b; }
    template <int kShift>
    static I int_shift_right(I a) {
        return I(_mm512_srai_epi32(raw(a), kShift));
    }
    static I multiply_fractions(I a, I b) { return I(_mm512_mulhrs_epi16(raw(a), raw(b))); }
    static I join_halves(I low, I high) {
        return I(_mm512_mask_blend_epi16(0xaaaaaaaa, raw(low), raw(high)));
    }
    template <bool kSigned>
    static I byte_pairs(const std::uint8_t* p) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
        return I(kSigned ? _mm512_cvtepi8_epi16(bytes) : _mm512_cvtepu8_epi16(bytes));
    }

    static I load_int(const void* p) { return I(_mm512_loadu_si512(p)); }
    static I load_int_n(const void* p, int n) { return I(_mm512_maskz_loadu_epi32(first(n), p)); }
    static void store_int(void* p, I a) { _mm512_storeu_si512(p, raw(a)); }
    static void store_n(std::int16_t* p, I a, int n) {
        const __m256i halves = _mm512_cvtepi32_epi16(raw(a));
        if (n >= 16)
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), halves);
        else
            _mm256_mask_storeu_epi16(p, first(n), halves);
    }
    static F load_n(const std::int16_t* p, int n) {
        return to_float(I(_mm512_cvtepi16_epi32(_mm256_maskz_loadu_epi16(first(n), p))));
    }
    static I broadcast_pair(const std::int16_t* p) {
        std::int32_t pair;
        __builtin_memcpy(&pair, p, 4);
        return I(_mm512_set1_epi32(pair));
    }
    static I dot2(I acc, I a, I b) { return I(_mm512_dpwssd_epi32(raw(acc), raw(a), raw(b))); }
    static I add_pairs(I a, I b) { return I(__v32hi(a) + __v32hi(b)); }
    static I int_sub(I a, I b) { return a - b; }

    static B load_bytes(const std::uint8_t* p) { return _mm512_loadu_si512(p); }
    static void store_bytes(std::uint8_t* p, B a) { _mm512_storeu_si512(p, a); }
    template <int kShift, int kMask>
    static B bits(B a) {
        if constexpr (kShift > 0) a = _mm512_srli_epi16(a, kShift);
        if constexpr (kShift < 0) a = _mm512_slli_epi16(a, -kShift);
        if constexpr (kMask != 255) a = _mm512_and_si512(a, _mm512_set1_epi8(kMask));
        return a;
    }
    static B or_bytes(B a, B b) { return _mm512_or_si512(a, b); }
    static I broadcast4(const std::int8_t* p) {
        std::int32_t four;
        __builtin_memcpy(&four, p, 4);
        return I(_mm512_set1_epi32(four));
    }
    template <bool kIsWide>
    static I dot4(I acc, B w, I a) {
        return I(_mm512_dpbusd_epi32(raw(acc), w, raw(a)));
    }
    static void prefetch(const void* p) { __builtin_prefetch(p, 0, 2); }

    static float sum(F a) {
        const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
        const __m128 four =
            _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
        const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    }
    static float first_lane(F a) { return _mm512_cvtss_f32(a); }
    static F select_range(F a, int from, int to, F other) {
        return _mm512_mask_blend_ps(first(to) & ~first(from), other, a);
    }
    static void transpose(F* rows) {
        F pairs[16], fours[16], eights[16];
        for (int i = 0; i < 16; i += 2) {
            pairs[i] = _mm512_unpacklo_ps(rows[i], rows[i + 1]);
            pairs[i + 1] = _mm512_unpackhi_ps(rows[i], rows[i + 1]);
        }
        for (int i = 0; i < 16; i += 4)
            for (int j = 0; j < 2; ++j) {
                const __m512d a = _mm512_castps_pd(pairs[i + j]);
                const __m512d b = _mm512_castps_pd(pairs[i + j + 2]);
                fours[i + 2 * j] = _mm512_castpd_ps(_mm512_unpacklo_pd(a, b));
                fours[i + 2 * j + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(a, b));
            }
        // Lane 128-bit part p of fours[4 q + c] holds column 4 p + c of rows 4 q … 4 q + 3.
        for (int c = 0; c < 4; ++c) {
            eights[c] = _mm512_shuffle_f32x4(fours[c], fours[4 + c], 0x88);
            eights[4 + c] = _mm512_shuffle_f32x4(fours[c], fours[4 + c], 0xdd);
            eights[8 + c] = _mm512_shuffle_f32x4(fours[8 + c], fours[12 + c], 0x88);
            eights[12 + c] = _mm512_shuffle_f32x4(fours[8 + c], fours[12 + c], 0xdd);
        }
        for (int c = 0; c < 4; ++c) {
            rows[c] = _mm512_shuffle_f32x4(eights[c], eights[8 + c], 0x88);
            rows[8 + c] = _mm512_shuffle_f32x4(eights[c], eights[8 + c], 0xdd);
            rows[4 + c] = _mm512_shuffle_f32x4(eights[4 + c], eights[12 + c], 0x88);
            rows[12 + c] = _mm512_shuffle_f32x4(eights[4 + c], eights[12 + c], 0xdd);
        }
    }
    static float largest(F a) {
        const __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
        const __m128 four =
            _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
        const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
    }
};

}  // namespace lectern
