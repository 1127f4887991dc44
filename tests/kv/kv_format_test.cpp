#include "engine/kv/kv_format.h"

#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

constexpr KvShape kShape{.n_layers = 2, .n_kv_heads = 3, .head_dim = 8};
/// Qwen2.5-1.5B's.
constexpr KvShape kQwen{.n_layers = 28, .n_kv_heads = 2, .head_dim = 128};

double kib_per_token(KvFormat format, int n_tokens) {
    return static_cast<double>(kv_payload_bytes(kQwen, format, n_tokens)) / 1024 / n_tokens;
}

}  // namespace

TEST_CASE("a format's name reads as the format") {
    for (const KvFormat format : test::all_kv_formats())
        CHECK(parse_kv_format(name_of(format)).value() == format);
    CHECK(name_of(KvPrecision::kInt4) == "int4");
    CHECK(name_of({KvPrecision::kInt8, KvPrecision::kInt4}) == "int8:int4");
    CHECK(parse_kv_format("f16:f16").value() == KvFormat(KvPrecision::kF16));
}

TEST_CASE("an unknown format is refused with what is known") {
    for (const char* name : {"", "int5", "int8:", ":int8", "int8:int4:f16", "INT8", "int8 int4"}) {
        INFO(name);
        const auto format = parse_kv_format(name);
        REQUIRE_FALSE(format);
        CHECK(format.error().code == ErrorCode::kInvalidArgument);
        for (const char* known : {"f16", "int8", "int4", "int8:int4"})
            CHECK(format.error().message.find(known) != std::string::npos);
    }
}

TEST_CASE("a stored token takes what was promised, steps and minima of short chunks included") {
    for (const int n_tokens : {128, 256, 512}) {
        CHECK(kib_per_token(KvPrecision::kF16, n_tokens) == 28);
        CHECK(kib_per_token(KvPrecision::kInt8, n_tokens) <= 14.5);
        CHECK(kib_per_token({KvPrecision::kInt8, KvPrecision::kInt4}, n_tokens) <= 11.75);
        CHECK(kib_per_token(KvPrecision::kInt4, n_tokens) <= 8.75);
    }
}

TEST_CASE("a layer's parts are in order, aligned, apart, and padded with zeros") {
    for (const KvFormat format : test::all_kv_formats()) {
        for (const int n_tokens : {1, 7, 31, 32, 33, 400}) {
            const StoredLayerLayout layout(kShape, format, n_tokens);
            CHECK(layout.k.values == 0);
            std::size_t payload = 0, end = 0;
            for (const StoredPartLayout* part : {&layout.k, &layout.v}) {
                CHECK(part->values >= end);
                CHECK(part->groups >= part->values + part->value_bytes);
                CHECK(part->values % 64 == 0);
                CHECK(part->groups % 64 == 0);
                CHECK(part->value_bytes ==
                      static_cast<std::size_t>(n_tokens) * 24 * part->bits / 8);
                end = part->groups + part->group_bytes;
                payload += part->value_bytes + part->group_bytes;
            }
            CHECK(layout.n_bytes >= end);
            CHECK(layout.n_bytes % 4096 == 0);
            CHECK(kv_payload_bytes(kShape, format, n_tokens) == 2 * payload);
        }
        const auto chunk = test::sample_chunk(1, 5, format);
        const StoredLayerLayout layout(test::kSmallShape, format, 5);
        CHECK(chunk->n_bytes() == 2 * layout.n_bytes);
        const auto bytes = chunk->layer_bytes(1).value();
        CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % 64 == 0);
        for (std::size_t i = layout.v.groups + layout.v.group_bytes; i < layout.n_bytes; ++i)
            REQUIRE(bytes[i] == std::byte{0});
    }
}
