#include "engine/quant/dequantize.h"

#include <bit>
#include <cassert>
#include <cstring>

#include "engine/quant/blocks.h"

namespace lectern {
namespace {

/// out[i] of plain elements of type T, through convert(T) → float.
template <class T, class Convert>
void convert_each(std::span<const std::byte> src, std::span<float> out, Convert convert) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, src.data() + i * sizeof(T), sizeof(T));
        out[i] = convert(value);
    }
}

/// Each block through expand(const Block&, float* out) into kElements floats.
template <class Block, int kElements, class Expand>
void expand_each(std::span<const std::byte> src, std::span<float> out, Expand expand) {
    for (std::size_t i = 0; i * kElements < out.size(); ++i) {
        Block block;
        std::memcpy(&block, src.data() + i * sizeof(Block), sizeof(Block));
        expand(block, out.data() + i * kElements);
    }
}

void expand_q8_0(const BlockQ8_0& b, float* out) {
    const float d = f16_to_f32(b.d);
    for (int i = 0; i < 32; ++i) out[i] = static_cast<float>(b.qs[i]) * d;
}

void expand_q4_0(const BlockQ4_0& b, float* out) {
    const float d = f16_to_f32(b.d);
    for (int i = 0; i < 16; ++i) {
        out[i] = d * static_cast<float>((b.qs[i] & 15) - 8);
        out[i + 16] = d * static_cast<float>((b.qs[i] >> 4) - 8);
    }
}

void expand_q4_1(const BlockQ4_1& b, float* out) {
    const float d = f16_to_f32(b.d), m = f16_to_f32(b.m);
    for (int i = 0; i < 16; ++i) {
        out[i] = d * static_cast<float>(b.qs[i] & 15) + m;
        out[i + 16] = d * static_cast<float>(b.qs[i] >> 4) + m;
    }
}

/// Bit 4 of element i of a Q5_0 or Q5_1 block.
int fifth_bit(const std::uint8_t* qh, int i) { return ((qh[i / 8] >> (i % 8)) & 1) << 4; }

void expand_q5_0(const BlockQ5_0& b, float* out) {
    const float d = f16_to_f32(b.d);
    for (int i = 0; i < 16; ++i) {
        out[i] = d * static_cast<float>(((b.qs[i] & 15) | fifth_bit(b.qh, i)) - 16);
        out[i + 16] = d * static_cast<float>(((b.qs[i] >> 4) | fifth_bit(b.qh, i + 16)) - 16);
    }
}

void expand_q5_1(const BlockQ5_1& b, float* out) {
    const float d = f16_to_f32(b.d), m = f16_to_f32(b.m);
    for (int i = 0; i < 16; ++i) {
        out[i] = d * static_cast<float>((b.qs[i] & 15) | fifth_bit(b.qh, i)) + m;
        out[i + 16] = d * static_cast<float>((b.qs[i] >> 4) | fifth_bit(b.qh, i + 16)) + m;
    }
}

/// The two low bits of element i of a Q2_K or Q3_K block.
int two_bits(const std::uint8_t* qs, int i) {
    return (qs[32 * (i / 128) + i % 32] >> (2 * (i % 128 / 32))) & 3;
}

void expand_q2k(const BlockQ2K& b, float* out) {
    const float d = f16_to_f32(b.d), dmin = f16_to_f32(b.dmin);
    for (int g = 0; g < 16; ++g) {
        const float scale = d * static_cast<float>(b.scales[g] & 15);
        const float min = dmin * static_cast<float>(b.scales[g] >> 4);
        for (int i = 16 * g; i < 16 * (g + 1); ++i)
            out[i] = scale * static_cast<float>(two_bits(b.qs, i)) - min;
    }
}

void expand_q3k(const BlockQ3K& b, float* out) {
    const float d = f16_to_f32(b.d);
    for (int g = 0; g < 16; ++g) {
        const float scale = d * static_cast<float>(q3k_scale(b.scales, g));
        for (int i = 16 * g; i < 16 * (g + 1); ++i) {
            const bool high = ((b.hmask[i % 32] >> (i / 32)) & 1) != 0;
            out[i] = scale * static_cast<float>(two_bits(b.qs, i) - (high ? 0 : 4));
        }
    }
}

void expand_q4k(const BlockQ4K& b, float* out) {
    const float d = f16_to_f32(b.d), dmin = f16_to_f32(b.dmin);
    for (int g = 0; g < 8; ++g) {
        const ScaleMin packed = q4k_scale_min(b.scales, g);
        const float scale = d * static_cast<float>(packed.scale);
        const float min = dmin * static_cast<float>(packed.min);
        const std::uint8_t* qs = b.qs + 32 * (g / 2);
        for (int i = 0; i < 32; ++i)
            out[32 * g + i] = scale * static_cast<float>((qs[i] >> (4 * (g % 2))) & 15) - min;
    }
}

void expand_q5k(const BlockQ5K& b, float* out) {
    const float d = f16_to_f32(b.d), dmin = f16_to_f32(b.dmin);
    for (int g = 0; g < 8; ++g) {
        const ScaleMin packed = q4k_scale_min(b.scales, g);
        const float scale = d * static_cast<float>(packed.scale);
        const float min = dmin * static_cast<float>(packed.min);
        const std::uint8_t* qs = b.qs + 32 * (g / 2);
        for (int i = 0; i < 32; ++i) {
            const int q = ((qs[i] >> (4 * (g % 2))) & 15) | (((b.qh[i] >> g) & 1) << 4);
            out[32 * g + i] = scale * static_cast<float>(q) - min;
        }
    }
}

void expand_q6k(const BlockQ6K& b, float* out) {
    const float d = f16_to_f32(b.d);
    for (int g = 0; g < 16; ++g) {
        const float scale = d * static_cast<float>(b.scales[g]);
        const int half = g / 8, j = g % 8 / 2;
        const std::uint8_t* ql = b.ql + 64 * half + 32 * (j % 2);
        const std::uint8_t* qh = b.qh + 32 * half;
        for (int i = 16 * g; i < 16 * (g + 1); ++i) {
            const int low = (ql[i % 32] >> (4 * (j / 2))) & 15;
            const int high = (qh[i % 32] >> (2 * j)) & 3;
            out[i] = scale * static_cast<float>((low | (high << 4)) - 32);
        }
    }
}

}  // namespace

void dequantize(DType dtype, std::span<const std::byte> src, std::span<float> out) {
    assert(dtype != DType::kI32);
    assert(src.size() == row_bytes(dtype, static_cast<std::int64_t>(out.size())));
    switch (dtype) {
        case DType::kF32:
            return convert_each<float>(src, out, [](float x) { return x; });
        case DType::kF16:
            return convert_each<std::uint16_t>(src, out, f16_to_f32);
        case DType::kBF16:
            return convert_each<std::uint16_t>(src, out, bf16_to_f32);
        case DType::kI8:
            return convert_each<std::int8_t>(src, out,
                                             [](std::int8_t x) { return static_cast<float>(x); });
        case DType::kI16:
            return convert_each<std::int16_t>(src, out,
                                              [](std::int16_t x) { return static_cast<float>(x); });
        case DType::kI32:
            return;
        case DType::kQ8_0:
            return expand_each<BlockQ8_0, kBlock>(src, out, expand_q8_0);
        case DType::kQ4_0:
            return expand_each<BlockQ4_0, kBlock>(src, out, expand_q4_0);
        case DType::kQ4_1:
            return expand_each<BlockQ4_1, kBlock>(src, out, expand_q4_1);
        case DType::kQ5_0:
            return expand_each<BlockQ5_0, kBlock>(src, out, expand_q5_0);
        case DType::kQ5_1:
            return expand_each<BlockQ5_1, kBlock>(src, out, expand_q5_1);
        case DType::kQ2K:
            return expand_each<BlockQ2K, kSuperBlock>(src, out, expand_q2k);
        case DType::kQ3K:
            return expand_each<BlockQ3K, kSuperBlock>(src, out, expand_q3k);
        case DType::kQ4K:
            return expand_each<BlockQ4K, kSuperBlock>(src, out, expand_q4k);
        case DType::kQ5K:
            return expand_each<BlockQ5K, kSuperBlock>(src, out, expand_q5k);
        case DType::kQ6K:
            return expand_each<BlockQ6K, kSuperBlock>(src, out, expand_q6k);
    }
}

float f16_to_f32(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
    const std::uint32_t exponent = (half >> 10) & 31;
    const std::uint32_t mantissa = half & 0x3ff;
    if (exponent == 0) {  // zero or subnormal: mantissa · 2⁻²⁴
        const float value = static_cast<float>(mantissa) * 0x1p-24F;
        return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) | sign);
    }
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000U | (mantissa << 13));
    return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

std::uint16_t f32_to_f16(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000;
    const std::uint32_t magnitude = bits & 0x7fffffffU;
    const auto with_sign = [sign](std::uint32_t half) {
        return static_cast<std::uint16_t>(half | sign);
    };
    if (magnitude > 0x7f800000U) return with_sign(0x7e00 | ((magnitude >> 13) & 0x3ff));  // NaN
    if (magnitude >= 0x477ff000U) return with_sign(0x7c00);  // ≥ 65520 rounds to infinity
    if (magnitude < 0x38800000U) {  // below 2⁻¹⁴: the unit at 0.5 is 2⁻²⁴, so the sum rounds for us
        const float sum = std::bit_cast<float>(magnitude) + 0.5F;
        return with_sign(std::bit_cast<std::uint32_t>(sum) - 0x3f000000U);
    }
    const std::uint32_t round_up = 0xfff + ((magnitude >> 13) & 1);
    return with_sign((magnitude + round_up - (112U << 23)) >> 13);
}

float bf16_to_f32(std::uint16_t value) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

}  // namespace lectern
