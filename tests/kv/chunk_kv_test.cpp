#include "engine/kv/chunk_kv.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "engine/quant/dequantize.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

constexpr KvShape kShape{.n_layers = 2, .n_kv_heads = 3, .head_dim = 8};
constexpr int kTokens = 11;
constexpr std::size_t kElements = kTokens * 3 * 8;

std::shared_ptr<const ChunkKv> build(KvPrecision precision, std::span<const float> k,
                                     std::span<const float> v) {
    ChunkKvBuilder builder(kShape, precision, kTokens);
    builder.set_layer(1, k, v);  // any order
    builder.set_layer(0, v, k);
    return std::move(builder).finish();
}

float k_scale(const StoredKvLayer& layer, std::size_t channel) {
    return layer.k_scale.as<float>()[channel];
}

}  // namespace

TEST_CASE("f16 keys and values come back bit for bit") {
    std::vector<float> k = test::random_values(1, kElements), v = test::random_values(2, kElements);
    k[0] = 65504.0f, k[1] = -0.0f, k[2] = 5.9604645e-8f;  // largest, negative zero, least subnormal
    for (float& x : k) x = f16_to_f32(f32_to_f16(x));
    for (float& x : v) x = f16_to_f32(f32_to_f16(x));
    const auto chunk = build(KvPrecision::kF16, k, v);
    const StoredKvLayer layer = chunk->layer(1).value();
    CHECK(layer.k.shape == Shape{kTokens, 3, 8});
    CHECK(layer.k.dtype == DType::kF16);
    CHECK(layer.k_scale.data == nullptr);
    CHECK(layer.v_scale.data == nullptr);
    for (std::size_t i = 0; i < kElements; ++i) {
        REQUIRE(layer.k.as<std::uint16_t>()[i] == f32_to_f16(k[i]));
        REQUIRE(layer.v.as<std::uint16_t>()[i] == f32_to_f16(v[i]));
    }
    CHECK(chunk->layer(0).value().k.as<std::uint16_t>()[3] == f32_to_f16(v[3]));
}

TEST_CASE("int8 is at most half a step off: of a key's channel, of a value's token and head") {
    std::vector<float> k = test::random_values(3, kElements), v = test::random_values(4, kElements);
    for (std::size_t i = 0; i < kElements; i += 24) k[i + 5] *= 1000.0f;    // a loud key channel
    for (std::size_t i = 0; i < 8; ++i) v[(4 * 3 + 1) * 8 + i] *= 1000.0f;  // a loud value row
    const auto chunk = build(KvPrecision::kInt8, k, v);
    const StoredKvLayer layer = chunk->layer(1).value();
    CHECK(layer.k.dtype == DType::kI8);
    CHECK(layer.k_scale.shape == Shape{3, 8});
    CHECK(layer.v_scale.shape == Shape{kTokens, 3});
    for (std::size_t i = 0; i < kElements; ++i) {
        const std::size_t channel = i % 24, row = i / 8;
        float channel_max = 0, row_max = 0;
        for (std::size_t t = 0; t < kTokens; ++t)
            channel_max = std::max(channel_max, std::fabs(k[t * 24 + channel]));
        for (std::size_t c = 0; c < 8; ++c) row_max = std::max(row_max, std::fabs(v[row * 8 + c]));
        REQUIRE(k_scale(layer, channel) == channel_max / 127);
        REQUIRE(layer.v_scale.as<float>()[row] == row_max / 127);
        // Half a step, and the rounding of the division and of this product.
        const float k_back = layer.k.as<std::int8_t>()[i] * k_scale(layer, channel);
        const float v_back = layer.v.as<std::int8_t>()[i] * layer.v_scale.as<float>()[row];
        REQUIRE(std::fabs(k_back - k[i]) <= 0.50002f * channel_max / 127);
        REQUIRE(std::fabs(v_back - v[i]) <= 0.50002f * row_max / 127);
    }
}

TEST_CASE("the largest magnitude of a group is kept at 127 of 127, with its sign") {
    std::vector<float> k(kElements, 0.25f), v(kElements, 0.25f);
    k[0] = -7.0f;
    v[9] = 9.0f;
    const auto chunk = build(KvPrecision::kInt8, k, v);
    const StoredKvLayer layer = chunk->layer(1).value();
    CHECK(layer.k.as<std::int8_t>()[0] == -127);
    CHECK(layer.k.as<std::int8_t>()[1] == 127);
    CHECK(layer.v.as<std::int8_t>()[9] == 127);
}

TEST_CASE("zero and vanishing channels are stored as zeros, not as NaN") {
    std::vector<float> k(kElements, 0.0f), v(kElements, 0.0f);
    for (std::size_t i = 1; i < kElements; i += 24) k[i] = 1e-40f;  // its scale would be subnormal
    const auto chunk = build(KvPrecision::kInt8, k, v);
    const StoredKvLayer layer = chunk->layer(1).value();
    for (std::size_t c = 0; c < 24; ++c) CHECK(k_scale(layer, c) == 0.0f);
    for (std::size_t i = 0; i < kElements; ++i) REQUIRE(layer.k.as<std::int8_t>()[i] == 0);
}

TEST_CASE("NaN is stored as zero, infinity and what f16 cannot hold as its largest number") {
    constexpr float kInf = std::numeric_limits<float>::infinity();
    std::vector<float> k(kElements, 1.0f), v(kElements, 1.0f);
    k[0] = std::numeric_limits<float>::quiet_NaN(), k[1] = kInf, k[2] = -kInf, k[3] = 1e6f;
    v[0] = k[0], v[9] = -kInf;

    const auto half_chunk = build(KvPrecision::kF16, k, v);
    const auto* half = half_chunk->layer(1).value().k.as<std::uint16_t>();
    CHECK(f16_to_f32(half[0]) == 0.0f);
    CHECK(f16_to_f32(half[1]) == 65504.0f);
    CHECK(f16_to_f32(half[2]) == -65504.0f);
    CHECK(f16_to_f32(half[3]) == 65504.0f);

    const auto int8_chunk = build(KvPrecision::kInt8, k, v);
    const StoredKvLayer int8 = int8_chunk->layer(1).value();
    CHECK(int8.k.as<std::int8_t>()[0] == 0);
    CHECK(int8.k.as<std::int8_t>()[1] == 127);
    CHECK(int8.k.as<std::int8_t>()[2] == -127);
    CHECK(k_scale(int8, 1) == 65504.0f / 127);
    CHECK(int8.v.as<std::int8_t>()[0] == 0);
    CHECK(int8.v.as<std::int8_t>()[1] == 127);  // its row's other values keep their scale
    CHECK(int8.v.as<std::int8_t>()[9] == -127);
}

TEST_CASE("a layer's parts are in order, aligned, apart, and padded with zeros") {
    for (const KvPrecision precision : {KvPrecision::kF16, KvPrecision::kInt8}) {
        for (const int n_tokens : {1, 7, 400}) {
            const StoredLayerLayout layout(kShape, precision, n_tokens);
            const auto values =
                static_cast<std::size_t>(n_tokens) * 24 * (precision == KvPrecision::kF16 ? 2 : 1);
            CHECK(layout.k == 0);
            CHECK(layout.k_scale >= values);
            CHECK(layout.v >= layout.k_scale);
            CHECK(layout.v_scale >= layout.v + values);
            CHECK(layout.n_bytes >= layout.v_scale);
            for (const std::size_t offset : {layout.k_scale, layout.v, layout.v_scale})
                CHECK(offset % 64 == 0);
            CHECK(layout.n_bytes % 4096 == 0);
        }
    }
    const auto chunk = test::sample_chunk(1, 5);
    CHECK(chunk->n_bytes() ==
          2 * StoredLayerLayout(test::kSmallShape, KvPrecision::kInt8, 5).n_bytes);
    const auto bytes = chunk->layer_bytes(1).value();
    CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % 64 == 0);
    const StoredLayerLayout layout(test::kSmallShape, KvPrecision::kInt8, 5);
    for (std::size_t i = layout.v_scale + 5 * 2 * 4; i < layout.n_bytes; ++i)
        REQUIRE(bytes[i] == std::byte{0});
}

TEST_CASE("the same keys and values give the same bytes") {
    CHECK(test::same_bytes(*test::sample_chunk(7), *test::sample_chunk(7)));
    CHECK(!test::same_bytes(*test::sample_chunk(7), *test::sample_chunk(8)));
}
