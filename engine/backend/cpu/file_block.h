// Any quantised block of a model file as unsigned quants and scales: what packing starts from.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/tensor/dtype.h"

namespace lectern {

/// A block (32 elements) of a simple type or a super-block (256) of a K type. Element i is
/// d · scale[i / group] · (q[i] − zero), or … · q[i] less dmin · min[…] (plus m in simple types).
struct FileBlock {
    std::uint8_t q[256];
    std::uint16_t d = 0;     ///< f16
    std::uint16_t dmin = 0;  ///< f16: dmin, or m of a simple type
    std::uint8_t scale[16];  ///< K types only; two's complement where signed
    std::uint8_t min[16];    ///< K types only
};

void read_file_block(DType dtype, const std::byte* bytes, FileBlock& out);

}  // namespace lectern
