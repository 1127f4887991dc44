// How quantised weights lie in memory for int8 dot products, and the activations they meet.
//
// A strip is 16 consecutive outputs over all of k; outputs behind the last are zeros. Its quants
// come first, then its scales, each a stream of its own:
//
//   quants  a block of 32 k: 8 steps of 4 k. A step's 64 unpacked bytes hold output o's element
//           4 · step + i at byte 4 o + i: one 64-byte dot-product operand. They are kept as bit
//           planes: the low bits (8, 4 or 2 of them; the lowest step of a vector in its lowest
//           bits), then the high bits (0, 1 or 2).
//   scales  simple types: a block's f16 d[16], then m[16] if there is an offset.
//           K types: a super-block's f16 d[16], dmin[16] if there is one, then by pairs of groups
//           8-bit scale[16, 2] and min[16, 2] if there is one.
//
// Element = scale · (q − zero), or scale · q + offset: q is unsigned in every type (Q8_0's with its
// top bit flipped).
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/tensor/dtype.h"

namespace lectern {

inline constexpr int kStripOutputs = 16;
inline constexpr int kBlockDepth = 32;  ///< elements of k that share an activation scale
inline constexpr int kStepBytes = 64;   ///< one step's unpacked quants
inline constexpr int kBlockSteps = 8;   ///< steps of a block
inline constexpr int kSuperBlocks = 8;  ///< blocks of a super-block
inline constexpr int kSlabBlocks = 8;   ///< blocks unpacked at a time for many rows
inline constexpr int kSlabDepth = kSlabBlocks * kBlockDepth;
inline constexpr int kSuperDepth = kSuperBlocks * kBlockDepth;
static_assert(kSlabBlocks == kSuperBlocks, "a slab of a K type is one super-block");

struct QuantFormat {
    int low_bits;        ///< 8, 4 or 2
    int high_bits;       ///< 0, 1 or 2
    int group;           ///< elements of k that share a scale: 32 or 16
    int zero_shift;      ///< zero = 2^zero_shift; −1: none
    bool has_offset;     ///< an offset a group
    bool is_super;       ///< 8-bit scales below an f16 a super-block
    bool signed_scales;  ///< of the 8-bit scales

    constexpr int n_groups() const { return kBlockDepth / group; }
    constexpr std::size_t block_bytes() const {
        return static_cast<std::size_t>(kStepBytes) * (low_bits + high_bits);
    }
    constexpr int unit_blocks() const { return is_super ? kSuperBlocks : 1; }
    /// K types: where output `lane`'s scale of group g stands in a unit.
    constexpr std::size_t scale_at(int g, int lane) const {
        return static_cast<std::size_t>(has_offset ? 2 : 1) * kStripOutputs * (2 + g / 2 * 2) +
               2 * lane + g % 2;
    }
    /// Its min, if there is one.
    constexpr std::size_t min_at(int g, int lane) const {
        return scale_at(g, lane) + 2 * kStripOutputs;
    }
    /// K types: bits by which a group's dot product is shifted right to fit i16: it is at most
    /// 127 · group · (the quants' largest distance from their zero).
    constexpr int dot_shift() const {
        int width = 0;
        const int most =
            127 * group * (zero_shift < 0 ? (1 << (low_bits + high_bits)) - 1 : 1 << zero_shift);
        while (most >> width > 32767) ++width;
        return width;
    }
    /// Bytes of the scales of a super-block, or of a block in simple types.
    constexpr std::size_t unit_bytes() const {
        const int n = has_offset ? 2 : 1;
        return static_cast<std::size_t>(kStripOutputs) * n *
               (is_super ? 2 + kSuperBlocks * n_groups() : 2);
    }
};

inline constexpr QuantFormat kFormatQ8_0{8, 0, 32, 7, false, false, false};
inline constexpr QuantFormat kFormatQ4_0{4, 0, 32, 3, false, false, false};
inline constexpr QuantFormat kFormatQ4_1{4, 0, 32, -1, true, false, false};
inline constexpr QuantFormat kFormatQ5_0{4, 1, 32, 4, false, false, false};
inline constexpr QuantFormat kFormatQ5_1{4, 1, 32, -1, true, false, false};
inline constexpr QuantFormat kFormatQ2K{2, 0, 16, -1, true, true, false};
inline constexpr QuantFormat kFormatQ3K{2, 1, 16, 2, false, true, true};
inline constexpr QuantFormat kFormatQ4K{4, 0, 32, -1, true, true, false};
inline constexpr QuantFormat kFormatQ5K{4, 1, 32, -1, true, true, false};
inline constexpr QuantFormat kFormatQ6K{4, 2, 16, 5, false, true, true};

/// The packed form of a type, or null for plain types.
constexpr const QuantFormat* quant_format(DType dtype) {
    switch (dtype) {
        case DType::kQ8_0:
            return &kFormatQ8_0;
        case DType::kQ4_0:
            return &kFormatQ4_0;
        case DType::kQ4_1:
            return &kFormatQ4_1;
        case DType::kQ5_0:
            return &kFormatQ5_0;
        case DType::kQ5_1:
            return &kFormatQ5_1;
        case DType::kQ2K:
            return &kFormatQ2K;
        case DType::kQ3K:
            return &kFormatQ3K;
        case DType::kQ4K:
            return &kFormatQ4K;
        case DType::kQ5K:
            return &kFormatQ5K;
        case DType::kQ6K:
            return &kFormatQ6K;
        default:
            return nullptr;
    }
}

/// 32 activations of one row, for simple types: x ≈ scale · q.
struct ActivationBlock {
    std::int8_t q[kBlockDepth];
    float scale;             ///< max |x| / 127
    float scaled_sum;        ///< scale · Σ q
    std::int32_t minus_sum;  ///< −Σ q
};

/// The largest zero_shift of K types.
inline constexpr int kHalfZeroShift = 5;

/// 256 activations of one row, for K types: x ≈ scale · (fraction / 2^15) · q, each block with the
/// least fraction that holds its values.
struct alignas(64) ActivationSuper {
    std::int8_t q[kSuperDepth];
    std::int16_t fraction[kSuperBlocks];        ///< 1 … 32767
    std::int16_t fractions[kSuperBlocks][2];    ///< each twice
    std::int16_t sum[kSuperBlocks];             ///< Σ q of a block · 8 · its fraction / 2^15
    std::int16_t half_sum[2 * kSuperBlocks];    ///< the same of groups of 16
    /// −Σ q of a group of 16 · 2^kHalfZeroShift, plus 1 in odd groups (ProductSuper::start).
    std::int32_t half_zero[2 * kSuperBlocks];
    float scale;
};

/// Up to 8 blocks of two strips unpacked for many rows; stays in the first-level cache.
struct alignas(64) WeightSlab {
    std::uint8_t q[kSlabBlocks][kBlockSteps][2][kStepBytes];
    // Simple types: of a block and a strip.
    float scale[kSlabBlocks][2][kStripOutputs];
    float offset[kSlabBlocks][2][kStripOutputs];  ///< only where the format has one
    // K types: pairs of 8-bit scales as i16, of two blocks or of a block's two groups.
    std::int32_t scale_pairs[kSlabBlocks][2][kStripOutputs];
    std::int32_t min_pairs[kSlabBlocks][2][kStripOutputs];  ///< only where the format has mins
    float d[2][kStripOutputs];
    float dmin[2][kStripOutputs];
};

/// One strip of a packed weight.
struct StripView {
    const std::uint8_t* quants = nullptr;
    const std::uint8_t* scales = nullptr;
};

/// The strip from block b on; b begins a unit of scales.
constexpr StripView block_at(const QuantFormat& f, StripView strip, std::int64_t b) {
    return {strip.quants + b * f.block_bytes(),
            strip.scales + b / f.unit_blocks() * f.unit_bytes()};
}

}  // namespace lectern
