// Element types: plain numbers and the block-quantised types of GGUF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lectern {

enum class DType : std::uint8_t {
    kF32,
    kF16,
    kBF16,
    kI8,
    kI16,
    kI32,
    kQ8_0,
    kQ4_0,
    kQ4_1,
    kQ5_0,
    kQ5_1,
    kQ2K,
    kQ3K,
    kQ4K,
    kQ5K,
    kQ6K,
};

/// A type's storage: `block_elements` consecutive elements of a row take `block_bytes` bytes (1
/// element for plain types).
struct DTypeInfo {
    std::string_view name;
    int block_elements;
    int block_bytes;
};

const DTypeInfo& info(DType dtype);

/// Bytes of one row of n_elements. Pre: n_elements is a multiple of the block.
std::size_t row_bytes(DType dtype, std::int64_t n_elements);

}  // namespace lectern
