#include <algorithm>

#include "engine/quant/dequantize.h"
#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

std::vector<std::byte> bytes_of(const ChunkKv& chunk) {
    std::vector<std::byte> out;
    for (int layer = 0; layer < chunk.shape().n_layers; ++layer) {
        const auto bytes = take(chunk.layer_bytes(layer));
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    return out;
}

}  // namespace

TEST_CASE("a chunk computed in several blocks has the bytes of one computed in a single block") {
    for (const std::string& name : kTinyModels) {
        for (const KvPrecision precision :
             {KvPrecision::kF16, KvPrecision::kInt8, KvPrecision::kInt4}) {
            INFO(name);
            TinyReading one(name, {.activation_rows = 64}), many(name, {.activation_rows = 7});
            const auto expected = one.chunks(precision), got = many.chunks(precision);
            REQUIRE(got.size() == 3);
            for (std::size_t i = 0; i < got.size(); ++i)
                CHECK(bytes_of(*got[i]) == bytes_of(*expected[i]));
        }
    }
}

TEST_CASE("a chunk is computed behind the prefix, and the cache is back at the prefix afterwards") {
    TinyReading reading("qwen3");
    reading.hold_prefix();
    const auto before = reading.all_bytes();
    const auto compute = [&] {
        return take(compute_chunk(*reading.model, reading.activations, reading.cache,
                                  reading.prompt.front().ids, KvPrecision::kF16, {}));
    };
    const auto behind_prefix = compute();
    CHECK(reading.cache.size() == kPassage1);
    CHECK(reading.all_bytes() == before);
    reading.cache.truncate(0);
    const auto alone = compute();
    CHECK(bytes_of(*behind_prefix) != bytes_of(*alone));
    // What a chunk attends to shows from layer 1 on; layer 0 depends on its tokens alone.
    const auto layer_0 = take(alone->layer_bytes(0));
    const auto same = take(behind_prefix->layer_bytes(0));
    CHECK(std::equal(layer_0.begin(), layer_0.end(), same.begin(), same.end()));
}

TEST_CASE("a chunk's values are those of a full read") {
    TinyReading reading("llama");
    const auto chunks = reading.chunks(KvPrecision::kF16);
    take(reading.full());
    for (int layer = 0; layer < reading.model->config().n_layers; ++layer) {
        const TensorView stored =
            take(chunks[0]->layer(layer)).v.values;  // [n_tokens, n_kv_heads, d]
        const LayerKv cached = reading.cache.layer(layer);
        for (std::int64_t t = 0; t < stored.shape[0]; ++t)
            for (std::int64_t head = 0; head < stored.shape[1]; ++head)
                for (std::int64_t i = 0; i < stored.shape[2]; ++i) {
                    const std::int64_t at = (t * stored.shape[1] + head) * stored.shape[2] + i;
                    // f16 and i16 each round their own way.
                    REQUIRE(value(cached, head, kPassage1 + t, i) ==
                            Approx(f16_to_f32(stored.as<std::uint16_t>()[at]))
                                .epsilon(1e-3)
                                .margin(1e-4));
                }
    }
}

TEST_CASE("a chunk that cannot be computed leaves the prefix alone") {
    TinyReading reading("llama");
    reading.hold_prefix();
    const auto refused = [&](std::size_t n, std::stop_token stop, ErrorCode code) {
        const auto result =
            compute_chunk(*reading.model, reading.activations, reading.cache,
                          std::vector<TokenId>(n, 1), KvPrecision::kInt8, std::move(stop));
        REQUIRE_FALSE(result);
        CHECK(result.error().code == code);
        CHECK(reading.cache.size() == kPassage1);
    };
    refused(0, {}, ErrorCode::kInvalidArgument);
    refused(156, {}, ErrorCode::kTooLong);
    std::stop_source stop;
    stop.request_stop();
    refused(20, stop.get_token(), ErrorCode::kCancelled);
}
