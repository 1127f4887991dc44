// The law of repair: after a complete sweep the cache is, to the last bit, the full read of the
// tokens it holds.
#include "engine/fusion/repair.h"

#include <algorithm>

#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr int kAnswerRows = 6;

/// Appends answer tokens behind a reading and computes them, as decoding does.
void answer(TinyReading& reading) {
    const std::vector<TokenId> tokens{7, 3, 11, 2, 9, 5};
    const RowState state =
        reading.cache.n_exact() == reading.cache.size() ? RowState::kExact : RowState::kRecomputed;
    const int first = reading.cache.append(tokens, 9, SegmentKind::kAnswer, state);
    take(run_pass({*reading.model,
                   reading.activations,
                   reading.cache,
                   consecutive_rows(first, kAnswerRows),
                   {}}));
}

/// A turn read in full and answered: what the cache must become.
std::vector<std::byte> bytes_of_full_read(const std::string& name) {
    TinyReading full(name);
    take(full.full());
    answer(full);
    return full.all_bytes();
}

Result<int> repair_some(TinyReading& reading, int max_rows, std::stop_token stop = {}) {
    return repair(*reading.model, reading.activations, reading.cache, max_rows, std::move(stop));
}

}  // namespace

TEST_CASE("after a complete sweep the cache is a full read's, to the last bit") {
    for (const std::string& name : kTinyModels) {
        const auto expected = bytes_of_full_read(name);
        for (const char* selector : {"none", "question", "cacheblend"})
            for (const int slice : {1, 13, 200})
                for (const int activation_rows : {128, 16}) {
                    INFO(name << ", " << selector << ", slices of " << slice);
                    TinyReading reading(name, {.activation_rows = activation_rows});
                    take(reading.fused(reading.chunks(), selector, 0.3));
                    answer(reading);
                    REQUIRE(reading.all_bytes() != expected);
                    REQUIRE(reading.cache.n_exact() == kPassage1);
                    int repaired = 0;
                    while (const int n = take(repair_some(reading, slice))) {
                        repaired += n;
                        CHECK(n <= slice);
                        CHECK(reading.cache.n_exact() == kPassage1 + repaired);
                    }
                    CHECK(repaired == kEnd + kAnswerRows - kPassage1);
                    CHECK(reading.all_bytes() == expected);
                }
    }
}

TEST_CASE("repair that is stopped within a layer loses nothing and goes on later") {
    TinyReading reading("qwen3");
    take(reading.fused(reading.chunks(), "question", 0.3));
    answer(reading);
    take(repair_some(reading, 20));
    const int n_exact = reading.cache.n_exact();
    const auto states = reading.states();

    std::stop_source stop;
    stop.request_stop();
    const auto stopped = repair_some(reading, 20, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    CHECK(reading.states() == states);

    // As if the stop had come behind the first layer: its fresh rows are there, the others' not.
    const auto rows = consecutive_rows(n_exact, 20);
    reading.model->begin(reading.activations, reading.cache.tokens_of(rows), rows);
    reading.model->run_layer(0, reading.activations, reading.cache);
    while (take(repair_some(reading, 32)) > 0) {
    }
    CHECK(reading.all_bytes() == bytes_of_full_read("qwen3"));
}

TEST_CASE("an exact cache needs no repair, and a row costs what a row of a full read costs") {
    TinyReading reading("llama");
    take(reading.full());
    CHECK(take(repair_some(reading, 8)) == 0);
    reading.cache.set_state(kPassage2, RowState::kReused);
    reading.model->reset_work();
    CHECK(take(repair_some(reading, 8)) == 8);
    CHECK(reading.model->work().passage == 8 * reading.model->kv_row_cost());
}

TEST_CASE("what is read behind a repaired turn is read exactly") {
    TinyReading full("gemma3"), repaired("gemma3");
    take(full.full());
    answer(full);
    take(repaired.fused(repaired.chunks(), "question", 0.2));
    answer(repaired);
    while (take(repair_some(repaired, 64)) > 0) {
    }
    for (TinyReading* reading : {&full, &repaired})
        reading->prompt = {{SegmentKind::kQuestion, {4, 8, 15, 16, 23}}};
    CHECK(take(repaired.full()).logits == take(full.full()).logits);
    CHECK(repaired.all_bytes() == full.all_bytes());
    CHECK(repaired.states() == full.states());
}
