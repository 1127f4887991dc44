// One head of a stored chunk back in f32: what placing a chunk, and whoever compares with one,
// begin from.
#pragma once

#include <cstdint>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/kernels.h"

namespace lectern {

/// out[head_dim], head_dim ≤ kMaxHeadDim: head `head` of the chunk's token `token`; the key before
/// RoPE.
void dequantise_key(const CpuKernels& kernels, float* out, const StoredRows& keys,
                    std::int64_t token, std::int64_t head, std::int64_t head_dim);
void dequantise_value(const CpuKernels& kernels, float* out, const StoredRows& values,
                      std::int64_t token, std::int64_t head, std::int64_t head_dim);

}  // namespace lectern
