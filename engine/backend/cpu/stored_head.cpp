#include "engine/backend/cpu/stored_head.h"

#include <algorithm>

#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

/// Where the head's 16-bit values, bytes or group begin: row `row` of [rows, n_kv_heads, …].
template <class T>
const T* head_of(const TensorView& tensor, std::int64_t row, std::int64_t head) {
    const std::int64_t n_heads = tensor.shape[1];
    return tensor.as<T>() + (row * n_heads + head) * (tensor.shape.row_elements() / n_heads);
}

void dequantise(const CpuKernels& kernels, float* out, const StoredRows& rows, std::int64_t token,
                std::int64_t head, const float* step, const float* minimum, std::int64_t head_dim) {
    const auto* q = head_of<std::uint8_t>(rows.values, token, head);
    const auto kernel = rows.bits == 8 ? kernels.dequantise_8 : kernels.dequantise_4;
    kernel(out, q, step, minimum, head_dim);
}

}  // namespace

void dequantise_key(const CpuKernels& kernels, float* out, const StoredRows& keys,
                    std::int64_t token, std::int64_t head, std::int64_t head_dim) {
    if (keys.bits == 16)
        return kernels.from_f16(out, head_of<std::uint16_t>(keys.values, token, head), head_dim);
    float group[2 * kMaxHeadDim];
    kernels.from_f16(group, head_of<std::uint16_t>(keys.groups, token / keys.group, head),
                     2 * head_dim);
    dequantise(kernels, out, keys, token, head, group, group + head_dim, head_dim);
}

void dequantise_value(const CpuKernels& kernels, float* out, const StoredRows& values,
                      std::int64_t token, std::int64_t head, std::int64_t head_dim) {
    if (values.bits == 16)
        return kernels.from_f16(out, head_of<std::uint16_t>(values.values, token, head), head_dim);
    const std::int64_t n_groups = values.groups.shape[3];
    const auto* group = head_of<std::uint16_t>(values.groups, token, head);
    float step[kMaxHeadDim], minimum[kMaxHeadDim];
    for (std::int64_t g = 0; g < n_groups; ++g) {
        const std::int64_t first = g * values.group;
        const std::int64_t n = std::min<std::int64_t>(values.group, head_dim - first);
        std::fill_n(step + first, n, f16_to_f32(group[g]));
        std::fill_n(minimum + first, n, f16_to_f32(group[n_groups + g]));
    }
    dequantise(kernels, out, values, token, head, step, minimum, head_dim);
}

}  // namespace lectern
