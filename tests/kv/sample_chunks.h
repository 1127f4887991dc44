// Small chunks of random numbers for the store's tests.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_key.h"

namespace lectern::test {

inline constexpr KvShape kSmallShape{.n_layers = 2, .n_kv_heads = 2, .head_dim = 8};

inline constexpr KvPrecision kPrecisions[] = {KvPrecision::kF16, KvPrecision::kInt8,
                                              KvPrecision::kInt4};

/// Every precision of keys with every one of values.
inline std::vector<KvFormat> all_kv_formats() {
    std::vector<KvFormat> formats;
    for (const KvPrecision k : kPrecisions)
        for (const KvPrecision v : kPrecisions) formats.emplace_back(k, v);
    return formats;
}

inline std::vector<float> normal_values(std::uint32_t seed, std::size_t n) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, 2.0f);
    std::vector<float> values(n);
    for (float& value : values) value = normal(generator);
    return values;
}

/// The same seed gives the same bytes.
inline std::shared_ptr<const ChunkKv> sample_chunk(std::uint32_t seed, int n_tokens = 5,
                                                   KvFormat format = KvPrecision::kInt8,
                                                   const KvShape& shape = kSmallShape) {
    ChunkKvBuilder builder(shape, format, n_tokens);
    const auto n = static_cast<std::size_t>(n_tokens * shape.row_elements());
    for (int layer = 0; layer < shape.n_layers; ++layer) {
        const auto layer_seed = seed * 1000 + static_cast<std::uint32_t>(layer) * 2;
        builder.set_layer(layer, normal_values(layer_seed, n), normal_values(layer_seed + 1, n));
    }
    return std::move(builder).finish();
}

inline KvKey sample_key(std::int32_t n) {
    return make_kv_key({.model = hash128("a model"), .prefix = {1, 2}}, std::vector<TokenId>{n});
}

/// Whether both hold the same bytes in every layer; false, too, where a layer cannot be read.
inline bool same_bytes(const ChunkKv& a, const ChunkKv& b) {
    if (a.shape() != b.shape() || a.format() != b.format() || a.n_tokens() != b.n_tokens()) {
        return false;
    }
    for (int layer = 0; layer < a.shape().n_layers; ++layer) {
        const auto x = a.layer_bytes(layer), y = b.layer_bytes(layer);
        if (!x || !y || !std::equal(x->begin(), x->end(), y->begin(), y->end())) return false;
    }
    return true;
}

}  // namespace lectern::test
