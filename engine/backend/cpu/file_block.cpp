#include "engine/backend/cpu/file_block.h"

#include <cassert>
#include <cstring>

#include "engine/quant/blocks.h"

namespace lectern {
namespace {

template <class Block>
Block load(const std::byte* bytes) {
    Block block;
    std::memcpy(&block, bytes, sizeof block);
    return block;
}

void split_nibbles(const std::uint8_t* qs, std::uint8_t* q) {
    for (int i = 0; i < 16; ++i) {
        q[i] = qs[i] & 15;
        q[i + 16] = qs[i] >> 4;
    }
}

void add_fifth_bits(const std::uint8_t* qh, std::uint8_t* q) {
    for (int i = 0; i < 32; ++i) q[i] |= ((qh[i / 8] >> (i % 8)) & 1) << 4;
}

void read(const BlockQ8_0& b, FileBlock& out) {
    out.d = b.d;
    for (int i = 0; i < 32; ++i) out.q[i] = static_cast<std::uint8_t>(b.qs[i]) ^ 0x80;
}

void read(const BlockQ4_0& b, FileBlock& out) {
    out.d = b.d;
    split_nibbles(b.qs, out.q);
}

void read(const BlockQ4_1& b, FileBlock& out) {
    out.d = b.d;
    out.dmin = b.m;
    split_nibbles(b.qs, out.q);
}

void read(const BlockQ5_0& b, FileBlock& out) {
    out.d = b.d;
    split_nibbles(b.qs, out.q);
    add_fifth_bits(b.qh, out.q);
}

void read(const BlockQ5_1& b, FileBlock& out) {
    out.d = b.d;
    out.dmin = b.m;
    split_nibbles(b.qs, out.q);
    add_fifth_bits(b.qh, out.q);
}

/// Two bits an element, as Q2_K and Q3_K keep them.
void split_pairs(const std::uint8_t* qs, std::uint8_t* q) {
    for (int half = 0; half < 2; ++half)
        for (int j = 0; j < 4; ++j)
            for (int k = 0; k < 32; ++k)
                q[128 * half + 32 * j + k] = (qs[32 * half + k] >> (2 * j)) & 3;
}

void read(const BlockQ2K& b, FileBlock& out) {
    out.d = b.d;
    out.dmin = b.dmin;
    split_pairs(b.qs, out.q);
    for (int g = 0; g < 16; ++g) {
        out.scale[g] = b.scales[g] & 15;
        out.min[g] = b.scales[g] >> 4;
    }
}

void read(const BlockQ3K& b, FileBlock& out) {
    out.d = b.d;
    split_pairs(b.qs, out.q);
    for (int j = 0; j < 8; ++j)
        for (int k = 0; k < 32; ++k) out.q[32 * j + k] |= ((b.hmask[k] >> j) & 1) << 2;
    for (int g = 0; g < 16; ++g) out.scale[g] = static_cast<std::uint8_t>(q3k_scale(b.scales, g));
}

/// Scales and quants' low nibbles of Q4_K and Q5_K.
template <class Block>
void read_q45k(const Block& b, FileBlock& out) {
    out.d = b.d;
    out.dmin = b.dmin;
    for (int g = 0; g < 8; ++g) {
        const ScaleMin packed = q4k_scale_min(b.scales, g);
        out.scale[g] = packed.scale;
        out.min[g] = packed.min;
        for (int i = 0; i < 32; ++i)
            out.q[32 * g + i] = (b.qs[32 * (g / 2) + i] >> (4 * (g % 2))) & 15;
    }
}

void read(const BlockQ4K& b, FileBlock& out) { read_q45k(b, out); }

void read(const BlockQ5K& b, FileBlock& out) {
    read_q45k(b, out);
    for (int g = 0; g < 8; ++g)
        for (int i = 0; i < 32; ++i) out.q[32 * g + i] |= ((b.qh[i] >> g) & 1) << 4;
}

void read(const BlockQ6K& b, FileBlock& out) {
    out.d = b.d;
    std::memcpy(out.scale, b.scales, 16);
    for (int half = 0; half < 2; ++half)
        for (int j = 0; j < 4; ++j)
            for (int k = 0; k < 32; ++k) {
                const int low = (b.ql[64 * half + 32 * (j % 2) + k] >> (4 * (j / 2))) & 15;
                const int high = (b.qh[32 * half + k] >> (2 * j)) & 3;
                out.q[128 * half + 32 * j + k] = static_cast<std::uint8_t>(low | (high << 4));
            }
}

}  // namespace

void read_file_block(DType dtype, const std::byte* bytes, FileBlock& out) {
    switch (dtype) {
        case DType::kQ8_0:
            return read(load<BlockQ8_0>(bytes), out);
        case DType::kQ4_0:
            return read(load<BlockQ4_0>(bytes), out);
        case DType::kQ4_1:
            return read(load<BlockQ4_1>(bytes), out);
        case DType::kQ5_0:
            return read(load<BlockQ5_0>(bytes), out);
        case DType::kQ5_1:
            return read(load<BlockQ5_1>(bytes), out);
        case DType::kQ2K:
            return read(load<BlockQ2K>(bytes), out);
        case DType::kQ3K:
            return read(load<BlockQ3K>(bytes), out);
        case DType::kQ4K:
            return read(load<BlockQ4K>(bytes), out);
        case DType::kQ5K:
            return read(load<BlockQ5K>(bytes), out);
        case DType::kQ6K:
            return read(load<BlockQ6K>(bytes), out);
        default:
            assert(false);
    }
}

}  // namespace lectern
