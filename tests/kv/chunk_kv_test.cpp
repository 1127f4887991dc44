#include "engine/kv/chunk_kv.h"

#include <cmath>
#include <limits>

#include "engine/quant/dequantize.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"
#include "tests/support/stored_rows.h"

using namespace lectern;

namespace {

constexpr KvShape kShape{.n_layers = 2, .n_kv_heads = 3, .head_dim = 8};
constexpr int kTokens = 11;
constexpr std::size_t kElements = kTokens * 3 * 8;

/// A chunk whose layer 1 is k, v.
std::shared_ptr<const ChunkKv> build(KvFormat format, std::span<const float> k,
                                     std::span<const float> v, const KvShape& shape = kShape) {
    const auto n_tokens =
        static_cast<int>(static_cast<std::int64_t>(k.size()) / shape.row_elements());
    ChunkKvBuilder builder(shape, format, n_tokens);
    builder.set_layer(1, k, v);  // any order
    builder.set_layer(0, v, k);
    return std::move(builder).finish();
}

/// What a group's integers may be off by: half a step. Its step covers the distance from the
/// minimum, rounded down to f16, to the largest value, and is itself rounded up; both roundings are
/// of 2^-10 or of f16's least number, and f32 rounds the sum.
struct GroupRange {
    float low = std::numeric_limits<float>::max(), high = -low;

    void add(float x) {
        low = std::min(low, x);
        high = std::max(high, x);
    }
    float half_step(int levels) const {
        constexpr float kLeast = 6e-8f;
        const float range = high - low + std::fabs(low) * 0x1p-10f + kLeast;
        const float step = range / static_cast<float>(levels) * (1 + 0x1p-10f) + kLeast;
        return step * 0.5001f + 2e-7f * std::max(std::fabs(low), std::fabs(high));
    }
};

/// Checks a part against x [n_tokens, n_kv_heads, head_dim]. Groups are counted here anew.
void check_within_half_a_step(const StoredRows& rows, bool is_key, std::span<const float> x,
                              const KvShape& shape) {
    const std::size_t n_heads = static_cast<std::size_t>(shape.n_kv_heads),
                      head_dim = static_cast<std::size_t>(shape.head_dim);
    const auto group_of = [&](std::size_t i) {
        const std::size_t channel = i % head_dim, head = i / head_dim, token = head / n_heads;
        return is_key ? token / static_cast<std::size_t>(rows.group) * n_heads * head_dim +
                            i % (n_heads * head_dim)
                      : head * head_dim + channel / static_cast<std::size_t>(rows.group);
    };
    std::vector<GroupRange> groups(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) groups[group_of(i)].add(x[i]);
    const auto back = test::stored_numbers(rows, is_key, shape.head_dim);
    REQUIRE(back.size() == x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        INFO((is_key ? "key " : "value ") << i << " of " << x.size());
        REQUIRE(std::fabs(back[i] - x[i]) <= groups[group_of(i)].half_step((1 << rows.bits) - 1));
    }
}

}  // namespace

TEST_CASE("f16 keys and values come back bit for bit") {
    std::vector<float> k = test::normal_values(1, kElements), v = test::normal_values(2, kElements);
    k[0] = 65504.0f, k[1] = -0.0f, k[2] = 5.9604645e-8f;  // largest, negative zero, least subnormal
    for (float& x : k) x = f16_to_f32(f32_to_f16(x));
    for (float& x : v) x = f16_to_f32(f32_to_f16(x));
    const auto chunk = build(KvPrecision::kF16, k, v);
    const StoredKvLayer layer = chunk->layer(1).value();
    CHECK(layer.k.values.shape == Shape{kTokens, 3, 8});
    CHECK(layer.k.values.dtype == DType::kF16);
    CHECK(layer.k.groups.data == nullptr);
    CHECK(layer.v.groups.data == nullptr);
    for (std::size_t i = 0; i < kElements; ++i) {
        REQUIRE(layer.k.values.as<std::uint16_t>()[i] == f32_to_f16(k[i]));
        REQUIRE(layer.v.values.as<std::uint16_t>()[i] == f32_to_f16(v[i]));
    }
    CHECK(chunk->layer(0).value().k.values.as<std::uint16_t>()[3] == f32_to_f16(v[3]));
}

TEST_CASE("integers are at most half a step of their group off, whatever the chunk's length") {
    for (const int head_dim : {8, 64, 80, 128}) {
        const KvShape shape{.n_layers = 2, .n_kv_heads = 2, .head_dim = head_dim};
        const auto row = static_cast<std::size_t>(shape.row_elements());
        for (const std::size_t n_tokens : {1, 2, 31, 32, 33, 65}) {
            auto k = test::normal_values(3, n_tokens * row), v = test::normal_values(4, k.size());
            for (std::size_t t = 0; t < n_tokens; ++t) {
                k[t * row + 5] *= 1000.0f;                // a loud channel
                k[t * row + 3] += 300.0f;                 // one far from zero
                k[t * row + 2] *= 1e-7f;                  // one below f16's normal numbers
                v[t * row + t % row] *= t % 2 ? 100 : 1;  // loud tokens
            }
            for (const KvPrecision precision : {KvPrecision::kInt8, KvPrecision::kInt4}) {
                INFO(name_of(precision) << ", heads of " << head_dim << ", " << n_tokens);
                const auto chunk = build(precision, k, v, shape);
                const StoredKvLayer layer = chunk->layer(1).value();
                check_within_half_a_step(layer.k, true, k, shape);
                check_within_half_a_step(layer.v, false, v, shape);
            }
        }
    }
}

TEST_CASE(
    "a key's group is a channel: of the chunk, or of 32 tokens; a value's in a token's head") {
    const KvShape shape{.n_layers = 2, .n_kv_heads = 2, .head_dim = 96};
    const std::vector<float> x(33 * 192, 1.0f);
    const auto int8 = build(KvPrecision::kInt8, x, x, shape);
    const StoredKvLayer bytes = int8->layer(1).value();
    CHECK(bytes.k.group == 33);
    CHECK(bytes.k.groups.shape == Shape{1, 2, 2, 96});
    CHECK(bytes.v.group == 96);
    CHECK(bytes.v.groups.shape == Shape{33, 2, 2, 1});
    const auto int4 = build(KvPrecision::kInt4, x, x, shape);
    const StoredKvLayer halves = int4->layer(1).value();
    CHECK(halves.k.values.shape == Shape{33, 2, 48});
    CHECK(halves.k.group == 32);
    CHECK(halves.k.groups.shape == Shape{2, 2, 2, 96});
    CHECK(halves.v.group == 32);
    CHECK(halves.v.groups.shape == Shape{33, 2, 2, 3});
}

TEST_CASE("a group's ends are kept: its least value at 0, its largest at the last level") {
    std::vector<float> k(kElements, 0.25f), v(kElements, 0.25f);
    k[0] = -7.0f;
    v[9] = 9.0f;
    for (const KvPrecision precision : {KvPrecision::kInt8, KvPrecision::kInt4}) {
        const auto chunk = build(precision, k, v);
        const StoredKvLayer layer = chunk->layer(1).value();
        const int last = (1 << layer.k.bits) - 1;
        CHECK(test::stored_level(layer.k, 0, 0, 0, 8) == 0);
        CHECK(test::stored_level(layer.k, 1, 0, 0, 8) == last);
        CHECK(test::stored_level(layer.v, 0, 1, 1, 8) == last);
        CHECK(test::stored_level(layer.v, 0, 1, 2, 8) == 0);
    }
}

TEST_CASE("groups of zeros, and of one number that f16 holds, come back as they were") {
    for (const KvPrecision precision : test::kPrecisions) {
        for (const float constant : {0.0f, 1.5f, -300.0f, 65504.0f}) {
            const std::vector<float> x(kElements, constant);
            const auto chunk = build(precision, x, x);
            const StoredKvLayer layer = chunk->layer(1).value();
            CHECK(test::stored_numbers(layer.k, true, 8) == x);
            CHECK(test::stored_numbers(layer.v, false, 8) == x);
        }
    }
}

TEST_CASE("groups of one other number, and of vanishing ones, are as near as any") {
    for (const KvPrecision precision : {KvPrecision::kInt8, KvPrecision::kInt4}) {
        for (const float constant : {0.1f, -3.14159f, 1e-7f, 1e-40f, -1e-40f, 12345.678f}) {
            INFO(name_of(precision) << " of " << constant);
            const std::vector<float> x(kElements, constant);
            const auto chunk = build(precision, x, x);
            const StoredKvLayer layer = chunk->layer(1).value();
            check_within_half_a_step(layer.k, true, x, kShape);
            check_within_half_a_step(layer.v, false, x, kShape);
        }
    }
}

TEST_CASE("NaN is stored as zero, infinity and what f16 cannot hold as its largest number") {
    constexpr float kInf = std::numeric_limits<float>::infinity();
    std::vector<float> k(kElements, 1.0f), v(kElements, 1.0f);
    k[0] = v[0] = std::numeric_limits<float>::quiet_NaN();
    k[1] = kInf, k[2] = -kInf, k[3] = 1e6f;
    v[9] = -kInf;
    auto k_stored = k, v_stored = v;
    k_stored[0] = v_stored[0] = 0.0f;
    k_stored[1] = k_stored[3] = 65504.0f, k_stored[2] = v_stored[9] = -65504.0f;

    const auto half_chunk = build(KvPrecision::kF16, k, v);
    const StoredKvLayer half = half_chunk->layer(1).value();
    CHECK(test::stored_numbers(half.k, true, 8) == k_stored);
    CHECK(test::stored_numbers(half.v, false, 8) == v_stored);
    for (const KvPrecision precision : {KvPrecision::kInt8, KvPrecision::kInt4}) {
        const auto chunk = build(precision, k, v);
        const StoredKvLayer layer = chunk->layer(1).value();
        check_within_half_a_step(layer.k, true, k_stored, kShape);
        check_within_half_a_step(layer.v, false, v_stored, kShape);
    }
}

TEST_CASE("the same keys and values give the same bytes") {
    for (const KvFormat format : test::all_kv_formats()) {
        CHECK(
            test::same_bytes(*test::sample_chunk(7, 5, format), *test::sample_chunk(7, 5, format)));
        CHECK(!test::same_bytes(*test::sample_chunk(7, 5, format),
                                *test::sample_chunk(8, 5, format)));
    }
}
