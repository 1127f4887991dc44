// The block layouts of GGUF's quantised types, as they lie in the file: plain structs, shared with
// the CUDA kernels. Little-endian; a block is a run of consecutive elements of one row. `d`, `m`,
// `dmin` are f16 bits.
#pragma once

#include <cstdint>

namespace lectern {

inline constexpr int kBlock = 32;        ///< elements of a simple block
inline constexpr int kSuperBlock = 256;  ///< elements of a K block

/// x[i] = d · qs[i]
struct BlockQ8_0 {
    std::uint16_t d;
    std::int8_t qs[32];
};

/// x[i] = d · (q − 8); the low nibbles of qs are elements 0–15, the high ones 16–31 (so in Q4_1,
/// Q5_0, Q5_1).
struct BlockQ4_0 {
    std::uint16_t d;
    std::uint8_t qs[16];
};

/// x[i] = d · q + m
struct BlockQ4_1 {
    std::uint16_t d;
    std::uint16_t m;
    std::uint8_t qs[16];
};

/// x[i] = d · (q − 16); bit i of qh (little-endian) is bit 4 of element i's q.
struct BlockQ5_0 {
    std::uint16_t d;
    std::uint8_t qh[4];
    std::uint8_t qs[16];
};

/// x[i] = d · q + m
struct BlockQ5_1 {
    std::uint16_t d;
    std::uint16_t m;
    std::uint8_t qh[4];
    std::uint8_t qs[16];
};

/// 16 groups of 16: x = (d · low nibble of scales[g]) · q − dmin · high nibble. Each half of 128
/// elements takes 32 bytes of qs: element 32·j + k of the half is bits 2j, 2j + 1 of byte k.
struct BlockQ2K {
    std::uint8_t scales[16];
    std::uint8_t qs[64];
    std::uint16_t d;
    std::uint16_t dmin;
};

/// 16 groups of 16: x = (d · (scale − 32)) · (q − (4 if its hmask bit is 0)). qs as in Q2_K; hmask:
/// bit j of byte k belongs to element 32·j + k of the block. Scales have 6 bits: group g's low 4
/// are nibble g / 8 of scales[g % 8], its high 2 are bits 2·(g / 4) of scales[8 + g % 4].
struct BlockQ3K {
    std::uint8_t hmask[32];
    std::uint8_t qs[64];
    std::uint8_t scales[12];
    std::uint16_t d;
};

/// 8 groups of 32: x = (d · scale) · q − dmin · min, 6 bits each (see q4k_scale_min). Each 64
/// elements take 32 bytes of qs: low nibbles the first 32, high ones the next.
struct BlockQ4K {
    std::uint16_t d;
    std::uint16_t dmin;
    std::uint8_t scales[12];
    std::uint8_t qs[128];
};

/// As Q4_K; bit g of qh[k] is bit 4 of element k of group g.
struct BlockQ5K {
    std::uint16_t d;
    std::uint16_t dmin;
    std::uint8_t scales[12];
    std::uint8_t qh[32];
    std::uint8_t qs[128];
};

/// 16 groups of 16: x = (d · scales[g]) · (q − 32). Each half of 128 elements takes 64 bytes of ql
/// and 32 of qh: element 32·j + k of the half has its low 4 bits in nibble j / 2 of ql[32·(j % 2) +
/// k], its high 2 in bits 2j of qh[k].
struct BlockQ6K {
    std::uint8_t ql[128];
    std::uint8_t qh[64];
    std::int8_t scales[16];
    std::uint16_t d;
};

static_assert(sizeof(BlockQ8_0) == 34);
static_assert(sizeof(BlockQ4_0) == 18);
static_assert(sizeof(BlockQ4_1) == 20);
static_assert(sizeof(BlockQ5_0) == 22);
static_assert(sizeof(BlockQ5_1) == 24);
static_assert(sizeof(BlockQ2K) == 84);
static_assert(sizeof(BlockQ3K) == 110);
static_assert(sizeof(BlockQ4K) == 144);
static_assert(sizeof(BlockQ5K) == 176);
static_assert(sizeof(BlockQ6K) == 210);

/// Scale and min of one group, 0–63 each.
struct ScaleMin {
    std::uint8_t scale;
    std::uint8_t min;
};

/// Unpacks group g (0–7) of Q4_K's and Q5_K's 12 bytes: groups 0–3 have scale and min in the low 6
/// bits of bytes g and g + 4; groups 4–7 their low 4 bits in the nibbles of byte g + 4 and their
/// high 2 in the top bits of bytes g − 4 and g.
constexpr ScaleMin q4k_scale_min(const std::uint8_t* scales, int g) {
    if (g < 4)
        return {static_cast<std::uint8_t>(scales[g] & 63),
                static_cast<std::uint8_t>(scales[g + 4] & 63)};
    return {static_cast<std::uint8_t>((scales[g + 4] & 15) | ((scales[g - 4] >> 6) << 4)),
            static_cast<std::uint8_t>((scales[g + 4] >> 4) | ((scales[g] >> 6) << 4))};
}

/// Scale of group g (0–15) of Q3_K's 12 bytes: −32 to 31.
constexpr int q3k_scale(const std::uint8_t* scales, int g) {
    const int low = (scales[g % 8] >> (4 * (g / 8))) & 15;
    const int high = (scales[8 + g % 4] >> (2 * (g / 4))) & 3;
    return (low | (high << 4)) - 32;
}

}  // namespace lectern
