// Rows of f32 → int8, as products take them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/backend/cpu/quantised_format.h"

namespace lectern {

template <class L>
struct QuantiseRows {
    using F = typename L::F;
    using I = typename L::I;

    static float largest(const float* x) {
        return L::largest(L::max(L::abs(L::load(x)), L::abs(L::load(x + 16))));
    }

    static void blocks(ActivationBlock* out, const float* x, std::int64_t n_blocks) {
        for (std::int64_t b = 0; b < n_blocks; ++b, x += kBlockDepth) {
            const float most = largest(x);
            ActivationBlock& block = out[b];
            block.scale = most / 127.0f;
            const auto inverse = L::set1(most > 0.0f ? 127.0f / most : 0.0f);
            const I first = L::to_int(L::mul(L::load(x), inverse));
            const I second = L::to_int(L::mul(L::load(x + 16), inverse));
            L::store_i8(block.q, first);
            L::store_i8(block.q + 16, second);
            block.minus_sum = -L::int_sum(L::int_add(first, second));
            block.scaled_sum = block.scale * static_cast<float>(-block.minus_sum);
        }
    }

    static void supers(ActivationSuper* out, const float* x, std::int64_t n_supers) {
        for (std::int64_t i = 0; i < n_supers; ++i, x += kSuperDepth) {
            ActivationSuper& super = out[i];
            float most[kSuperBlocks], whole = 0.0f;
            for (int b = 0; b < kSuperBlocks; ++b) {
                most[b] = largest(x + b * kBlockDepth);
                whole = most[b] > whole ? most[b] : whole;
            }
            super.scale = whole * (32768.0f / 32767.0f / 127.0f);
            const float inverse = whole > 1e-30f ? 1.0f / whole : 0.0f;
            for (int b = 0; b < kSuperBlocks; ++b) {
                const auto fraction = static_cast<std::int16_t>(
                    std::max(1.0f, std::min(std::ceil(most[b] * inverse * 32767.0f), 32767.0f)));
                super.fraction[b] = super.fractions[b][0] = super.fractions[b][1] = fraction;
                const F scale = L::set1(inverse * (127.0f * 32767.0f / fraction));
                for (int j = b * kBlockDepth; j < (b + 1) * kBlockDepth; j += 16)
                    L::store_i8(super.q + j, L::to_int(L::mul(L::load(x + j), scale)));
            }
            sum_up(super);
        }
    }

    static void sum_up(ActivationSuper& super) {
        alignas(64) std::uint8_t ones[kStepBytes];
        for (std::uint8_t& one : ones) one = 1;
        const auto one = L::load_bytes(ones);
        alignas(64) std::int32_t fours[kSuperDepth / 4];
        for (int j = 0; j < kSuperDepth; j += kStepBytes)
            L::store_int(fours + j / 4,
                         L::template dot4<false>(L::int_zero(), one, L::load_int(super.q + j)));
        for (int b = 0; b < kSuperBlocks; ++b) {
            const auto scaled = [&](std::int32_t sum) {
                return static_cast<std::int16_t>((sum * 8 * super.fraction[b] + (1 << 14)) >> 15);
            };
            std::int32_t halves[2];
            for (int h = 0; h < 2; ++h) {
                const std::int32_t* four = fours + 8 * b + 4 * h;
                halves[h] = four[0] + four[1] + four[2] + four[3];
                super.half_zero[2 * b + h] = h - halves[h] * (1 << kHalfZeroShift);
                super.half_sum[2 * b + h] = scaled(halves[h]);
            }
            super.sum[b] = scaled(halves[0] + halves[1]);
        }
    }
};

}  // namespace lectern
