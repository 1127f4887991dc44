// Keys and values of a layer, rounded to their stored form (FORMAT.md).
#pragma once

#include <cstddef>
#include <span>

#include "engine/kv/kv_format.h"

namespace lectern {

/// x f32 [n_tokens, n_kv_heads, head_dim] goes to its values and groups in `layer`, the bytes of a
/// stored layer, zero so far. Keys are grouped by channel, values by token and head. NaN becomes 0,
/// and what f16 cannot hold its largest number of that sign.
void round_keys(std::span<std::byte> layer, const StoredPartLayout& part, const KvShape& shape,
                std::span<const float> x);
void round_values(std::span<std::byte> layer, const StoredPartLayout& part, const KvShape& shape,
                  std::span<const float> x);

}  // namespace lectern
