#include "engine/fusion/chunk_forms.h"

#include "tests/fusion/tiny_reading.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/stored_rows.h"

using namespace lectern;
using namespace lectern::test;

namespace {

const std::vector<KvFormat> kFormats{KvPrecision::kF16, KvPrecision::kInt4,
                                     KvFormat(KvPrecision::kInt8, KvPrecision::kInt4)};

std::vector<ChunkForms> full_read_chunks(TinyReading& reading) {
    return take(capture_full_read(*reading.model, reading.activations, reading.cache,
                                  reading.prompt, kFormats, {}));
}

}  // namespace

TEST_CASE("a chunk computed in several forms has in each the bytes it has alone") {
    TinyReading reading("qwen2");
    reading.hold_prefix();
    const auto& ids = reading.prompt.front().ids;
    const ChunkForms forms = take(
        compute_chunk_forms(*reading.model, reading.activations, reading.cache, ids, kFormats, {}));
    REQUIRE(forms.size() == kFormats.size());
    for (std::size_t i = 0; i < forms.size(); ++i)
        CHECK(same_bytes(*forms[i], *take(compute_chunk(*reading.model, reading.activations,
                                                        reading.cache, ids, kFormats[i], {}))));
}

TEST_CASE("the full read's own chunks are what it leaves in the cache") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name, {.activation_rows = 16});
        const auto passages = full_read_chunks(reading);
        CHECK(reading.cache.size() == 0);
        REQUIRE(passages.size() == 3);
        const auto alone = reading.chunks(KvPrecision::kF16);
        CHECK(same_bytes(*passages[0][0], *alone[0]));  // behind nothing but the prefix
        CHECK_FALSE(same_bytes(*passages[1][0], *alone[1]));

        take(reading.full());
        const int begins[] = {kPassage1, kPassage2, kPassage3};
        const KvShape shape = reading.model->config().kv_shape();
        for (std::size_t i = 0; i < 3; ++i)
            for (int layer = 0; layer < shape.n_layers; ++layer) {
                const StoredRows v = take(passages[i][0]->layer(layer)).v;
                const LayerKv cached = reading.cache.layer(layer);
                for (int t = 0; t < passages[i][0]->n_tokens(); ++t)
                    for (int h = 0; h < shape.n_kv_heads; ++h)
                        for (int d = 0; d < shape.head_dim; ++d) {
                            const float x = stored_number(v, false, t, h, d, shape.head_dim);
                            const float scale =
                                cached.v_scale.as<float>()[h * cached.v.shape[1] + begins[i] + t];
                            // Half a step of the cache's i16, half of f16's.
                            REQUIRE(std::abs(value(cached, h, begins[i] + t, d) - x) <=
                                    0.51f * scale + std::abs(x) * 0x1p-11f + 1e-7f);
                        }
            }
    }
}

TEST_CASE("a full read whose passages cannot be captured leaves the cache alone") {
    TinyReading reading("llama");
    reading.hold_prefix();
    const auto refused = [&](std::stop_token stop, ErrorCode code) {
        const auto result = capture_full_read(*reading.model, reading.activations, reading.cache,
                                              reading.prompt, kFormats, std::move(stop));
        REQUIRE_FALSE(result);
        CHECK(result.error().code == code);
        CHECK(reading.cache.size() == kPassage1);
    };
    std::stop_source stop;
    stop.request_stop();
    refused(stop.get_token(), ErrorCode::kCancelled);
    reading.prompt[1].ids.clear();
    refused({}, ErrorCode::kInvalidArgument);
}
