// The numbers that GGUF files use for element types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/tensor/dtype.h"

namespace lectern {

/// Nothing for a type that this build does not read.
std::optional<DType> dtype_of_ggml(std::uint32_t type);
std::uint32_t ggml_of_dtype(DType dtype);

/// "IQ2_XS", or "number 99" for one that is not known at all.
std::string ggml_type_name(std::uint32_t type);

/// "F32, F16, …": for messages.
std::string readable_types();

}  // namespace lectern
