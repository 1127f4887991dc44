// Block-quantised rows → f32: the plain reference that every kernel is tested against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/tensor/dtype.h"

namespace lectern {

/// out[n] from n consecutive elements of dtype (any type but kI32). Equal to the `gguf` Python
/// package's dequantisation. Pre: src holds row_bytes(dtype, n) bytes, n is a multiple of the
/// block. No alignment is needed.
void dequantize(DType dtype, std::span<const std::byte> src, std::span<float> out);

float f16_to_f32(std::uint16_t half);
/// Round to nearest even; NaN stays NaN.
std::uint16_t f32_to_f16(float value);
float bf16_to_f32(std::uint16_t value);

}  // namespace lectern
