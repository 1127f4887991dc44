// Elements of a layer of the CPU backend's working cache, wherever its type keeps them.
#pragma once

#include <cstring>
#include <vector>

#include "engine/backend/cpu/cache_tile.h"

namespace lectern::test {

/// Where element d of a head's row lies in a tensor of keys.
inline std::int64_t key_at(const TensorView& k, std::int64_t head, std::int64_t row,
                           std::int64_t d) {
    const std::int64_t begin = head * k.shape[1] * k.shape[2];
    return begin +
           (k.dtype == DType::kI16 ? CacheTile{k.shape[2]}.key(row, d) : row * k.shape[2] + d);
}

/// As key_at, of values.
inline std::int64_t value_at(const TensorView& v, std::int64_t head, std::int64_t row,
                             std::int64_t d) {
    const std::int64_t begin = head * v.shape[1] * v.shape[2];
    return begin +
           (v.dtype == DType::kI16 ? CacheTile{v.shape[2]}.value(row, d) : row * v.shape[2] + d);
}

inline float scaled(const TensorView& tensor, const TensorView& scale, std::int64_t line,
                    std::int64_t at) {
    if (tensor.dtype == DType::kF32) return tensor.as<float>()[at];
    return scale.as<float>()[line] * tensor.as<std::int16_t>()[at];
}
inline float key(const LayerKv& kv, std::int64_t head, std::int64_t row, std::int64_t d) {
    return scaled(kv.k, kv.k_scale, head * kv.k.shape[1] + row, key_at(kv.k, head, row, d));
}
inline float value(const LayerKv& kv, std::int64_t head, std::int64_t row, std::int64_t d) {
    return scaled(kv.v, kv.v_scale, head * kv.v.shape[1] + row, value_at(kv.v, head, row, d));
}

/// Calls each(std::byte*, size) for every element and scale of a row, in the same order whatever
/// the row.
template <class Each>
void for_row_parts(const LayerKv& kv, std::int64_t row, const Each& each) {
    const std::size_t size = row_bytes(kv.k.dtype, 1);
    for (std::int64_t head = 0; head < kv.k.shape[0]; ++head) {
        for (std::int64_t d = 0; d < kv.k.shape[2]; ++d) {
            each(kv.k.as<std::byte>() + size * key_at(kv.k, head, row, d), size);
            each(kv.v.as<std::byte>() + size * value_at(kv.v, head, row, d), size);
        }
        for (const TensorView& scale : {kv.k_scale, kv.v_scale})
            if (scale.data && scale.shape.n_elements() > 0)
                each(scale.as<std::byte>() + sizeof(float) * (head * scale.shape[1] + row),
                     sizeof(float));
    }
}

/// What rows [begin, end) hold.
inline std::vector<std::byte> cache_bytes(const LayerKv& kv, std::int64_t begin, std::int64_t end) {
    std::vector<std::byte> bytes;
    for (std::int64_t row = begin; row < end; ++row)
        for_row_parts(kv, row, [&](const std::byte* part, std::size_t size) {
            bytes.insert(bytes.end(), part, part + size);
        });
    return bytes;
}

}  // namespace lectern::test
