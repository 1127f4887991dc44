// Stored keys and values read back as FORMAT.md says, one at a time: the plain reference of what
// places them.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/quant/dequantize.h"

namespace lectern::test {

/// The integer of a channel; pre: 8 or 4 bits.
inline int stored_level(const StoredRows& rows, std::int64_t token, std::int64_t head,
                        std::int64_t channel, std::int64_t head_dim) {
    const std::int64_t n_heads = rows.values.shape[1], head_bytes = rows.values.shape[2];
    const auto* q = rows.values.as<std::uint8_t>() + (token * n_heads + head) * head_bytes;
    if (rows.bits == 8) return q[channel];
    const std::int64_t half = (head_dim + 1) / 2;
    return channel < half ? q[channel] & 15 : q[channel - half] >> 4;
}

inline float stored_number(const StoredRows& rows, bool is_key, std::int64_t token,
                           std::int64_t head, std::int64_t channel, std::int64_t head_dim) {
    const std::int64_t n_heads = rows.values.shape[1];
    if (rows.bits == 16) {
        const std::int64_t at = (token * n_heads + head) * head_dim + channel;
        return f16_to_f32(rows.values.as<std::uint16_t>()[at]);
    }
    const std::int64_t row = is_key ? token / rows.group : token;
    const std::int64_t column = is_key ? channel : channel / rows.group;
    const std::int64_t n_steps = rows.groups.shape[3];
    const auto* group = rows.groups.as<std::uint16_t>() + (row * n_heads + head) * 2 * n_steps;
    const auto q = static_cast<float>(stored_level(rows, token, head, channel, head_dim));
    return std::fma(f16_to_f32(group[column]), q, f16_to_f32(group[n_steps + column]));
}

/// All of them, [n_tokens, n_kv_heads, head_dim].
inline std::vector<float> stored_numbers(const StoredRows& rows, bool is_key,
                                         std::int64_t head_dim) {
    std::vector<float> x;
    for (std::int64_t t = 0; t < rows.values.shape[0]; ++t)
        for (std::int64_t h = 0; h < rows.values.shape[1]; ++h)
            for (std::int64_t c = 0; c < head_dim; ++c)
                x.push_back(stored_number(rows, is_key, t, h, c, head_dim));
    return x;
}

}  // namespace lectern::test
