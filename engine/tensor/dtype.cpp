#include "engine/tensor/dtype.h"

#include <array>
#include <cassert>

namespace lectern {

const DTypeInfo& info(DType dtype) {
    static constexpr std::array<DTypeInfo, 16> kInfo{{
        {"F32", 1, 4},
        {"F16", 1, 2},
        {"BF16", 1, 2},
        {"I8", 1, 1},
        {"I16", 1, 2},
        {"I32", 1, 4},
        {"Q8_0", 32, 34},
        {"Q4_0", 32, 18},
        {"Q4_1", 32, 20},
        {"Q5_0", 32, 22},
        {"Q5_1", 32, 24},
        {"Q2_K", 256, 84},
        {"Q3_K", 256, 110},
        {"Q4_K", 256, 144},
        {"Q5_K", 256, 176},
        {"Q6_K", 256, 210},
    }};
    return kInfo[static_cast<std::size_t>(dtype)];
}

std::size_t row_bytes(DType dtype, std::int64_t n_elements) {
    const DTypeInfo& type = info(dtype);
    assert(n_elements % type.block_elements == 0);
    return static_cast<std::size_t>(n_elements / type.block_elements) * type.block_bytes;
}

}  // namespace lectern
