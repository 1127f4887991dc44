#include "engine/kv/kv_format.h"

#include <array>
#include <optional>

namespace lectern {
namespace {

constexpr std::size_t kPartAlignment = 64;
constexpr std::size_t kLayerAlignment = 4096;
constexpr std::size_t kGroupBytes = 4;  ///< a step and a minimum, f16

/// Of 4 bits: tokens of a key's channel, channels of a value. 8 bits need no smaller groups than a
/// chunk's channel and a token's head.
constexpr int kInt4Group = 32;

struct Precision {
    KvPrecision precision;
    std::string_view name;
    int bits;
};

constexpr std::array<Precision, 3> kPrecisions{{{KvPrecision::kF16, "f16", 16},
                                                {KvPrecision::kInt8, "int8", 8},
                                                {KvPrecision::kInt4, "int4", 4}}};

const Precision& known(KvPrecision precision) {
    return kPrecisions[static_cast<std::size_t>(precision) - 1];
}

std::optional<KvPrecision> precision_named(std::string_view name) {
    for (const Precision& known : kPrecisions)
        if (known.name == name) return known.precision;
    return std::nullopt;
}

constexpr std::size_t align_up(std::size_t n, std::size_t alignment) {
    return (n + alignment - 1) / alignment * alignment;
}

/// A part whose groups divide `extent` tokens or channels.
StoredPartLayout lay_out(KvPrecision precision, int head_dim, int extent) {
    StoredPartLayout part;
    part.bits = known(precision).bits;
    part.head_bytes =
        (static_cast<std::size_t>(head_dim) * static_cast<std::size_t>(part.bits) + 7) / 8;
    if (part.bits == 16) return part;
    part.group = precision == KvPrecision::kInt4 ? kInt4Group : extent;
    part.n_groups = (extent + part.group - 1) / part.group;
    return part;
}

}  // namespace

Result<KvFormat> parse_kv_format(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto k = precision_named(text.substr(0, colon));
    const auto v = colon == std::string_view::npos ? k : precision_named(text.substr(colon + 1));
    if (k && v) return KvFormat(*k, *v);
    std::string names;
    for (const Precision& known : kPrecisions) names += std::string(known.name) + ", ";
    return fail(ErrorCode::kInvalidArgument,
                "Caches cannot be stored as \"" + std::string(text) + "\"; known are " + names +
                    "and pairs of them for keys and values, such as int8:int4.");
}

std::string name_of(KvFormat format) {
    const std::string k(known(format.k).name);
    return format.k == format.v ? k : k + ":" + std::string(known(format.v).name);
}

StoredLayerLayout::StoredLayerLayout(const KvShape& shape, KvFormat format, int n_tokens)
    : k(lay_out(format.k, shape.head_dim, n_tokens)),
      v(lay_out(format.v, shape.head_dim, shape.head_dim)) {
    const std::size_t heads =
        static_cast<std::size_t>(n_tokens) * static_cast<std::size_t>(shape.n_kv_heads);
    const auto row = static_cast<std::size_t>(shape.row_elements());
    k.group_bytes = static_cast<std::size_t>(k.n_groups) * row * kGroupBytes;
    v.group_bytes = static_cast<std::size_t>(v.n_groups) * heads * kGroupBytes;
    std::size_t end = 0;
    for (StoredPartLayout* part : {&k, &v}) {
        part->value_bytes = heads * part->head_bytes;
        part->values = end;
        part->groups = align_up(part->values + part->value_bytes, kPartAlignment);
        end = align_up(part->groups + part->group_bytes, kPartAlignment);
    }
    n_bytes = align_up(end, kLayerAlignment);
}

std::size_t kv_payload_bytes(const KvShape& shape, KvFormat format, int n_tokens) {
    const StoredLayerLayout layer(shape, format, n_tokens);
    return static_cast<std::size_t>(shape.n_layers) *
           (layer.k.value_bytes + layer.k.group_bytes + layer.v.value_bytes + layer.v.group_bytes);
}

}  // namespace lectern
