// In which numbers a chunk's keys and values are stored, and where they lie (FORMAT.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

enum class KvPrecision : std::uint8_t { kF16 = 1, kInt8 = 2, kInt4 = 3 };

/// Of keys and of values.
struct KvFormat {
    KvPrecision k = KvPrecision::kInt8;
    KvPrecision v = KvPrecision::kInt8;

    constexpr KvFormat(KvPrecision k, KvPrecision v) : k(k), v(v) {}
    constexpr KvFormat(KvPrecision both) : KvFormat(both, both) {}
    bool operator==(const KvFormat&) const = default;
};

/// The smallest one whose own part in KL against a full read is below 0.001; on small models the
/// rounding of activations to int8 costs more than that, f16 caches too.
inline constexpr KvFormat kDefaultKvFormat{KvPrecision::kInt8, KvPrecision::kInt4};

/// "f16", "int8", "int4", or two of them as "keys:values". kInvalidArgument lists what is known.
Result<KvFormat> parse_kv_format(std::string_view text);
/// What parse_kv_format reads; one word where both are the same.
std::string name_of(KvFormat format);

/// How a layer's keys, or its values, are stored. 16 bits are f16; fewer are integers, of which
/// each group shares a step and a minimum.
struct StoredPartLayout {
    int bits = 16;
    std::size_t head_bytes = 0;   ///< of one token's head
    int group = 0;                ///< tokens of a channel (keys), channels of a token (values)
    int n_groups = 0;             ///< the last may be short
    std::size_t values = 0;       ///< offset in the layer
    std::size_t groups = 0;       ///< offset of the steps and minima
    std::size_t value_bytes = 0;  ///< without padding
    std::size_t group_bytes = 0;
};

/// Where the parts of one stored layer lie in its bytes: K, its groups, V, its groups, each aligned
/// to 64 and the whole padded to 4096 (direct reads); the same for every layer. Padding is zero.
struct StoredLayerLayout {
    StoredPartLayout k, v;
    std::size_t n_bytes = 0;
    StoredLayerLayout(const KvShape& shape, KvFormat format, int n_tokens);
};

/// Bytes of a chunk's keys and values, steps and minima, in all layers; alignment apart.
std::size_t kv_payload_bytes(const KvShape& shape, KvFormat format, int n_tokens);

}  // namespace lectern
