// Repair beside decoding: rows of a fused context that each step makes exact.
#include "engine/decode/generator.h"
#include "engine/fusion/repair.h"
#include "tests/decode/piece_tokenizer.h"
#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr int kTokens = 9;

Generated decode(TinyReading& reading, std::vector<float> logits, int riding_rows) {
    GenerateOptions options;
    options.max_tokens = kTokens;
    options.sampler.temperature = 1.5f;
    options.sampler.seed = 5;
    options.segment = 9;
    options.riding_rows = riding_rows;
    return take(generate(*reading.model, reading.activations, reading.cache, PieceTokenizer(),
                         logits, options, {}, {}));
}

std::vector<float> read_fused(TinyReading& reading) {
    return take(reading.fused(reading.chunks(), "question", 0.2)).logits;
}

}  // namespace

TEST_CASE("rows that ride along become exact, front to back, and repair ends what they began") {
    for (const std::string& name : kTinyModels)
        for (const int riding : {1, 4, 7}) {
            INFO(name << ", " << riding << " riding");
            TinyReading reading(name);
            const std::vector<float> logits = read_fused(reading);
            const int n_exact = reading.cache.n_exact();
            const Generated answer = decode(reading, logits, riding);
            REQUIRE(answer.tokens.size() == kTokens);
            CHECK(reading.cache.n_exact() == n_exact + riding * answer.n_steps);
            while (take(repair(*reading.model, reading.activations, reading.cache, 32, {})) > 0) {
            }
            TinyReading full(name);
            take(full.full());
            const auto ids = std::span(answer.tokens).first(kTokens - 1);
            const int first = full.cache.append(ids, 9, SegmentKind::kAnswer, RowState::kExact);
            take(run_pass({*full.model,
                           full.activations,
                           full.cache,
                           consecutive_rows(first, kTokens - 1),
                           {}}));
            CHECK(reading.all_bytes() == full.all_bytes());
        }
}

TEST_CASE("an answer behind rows that rode along is decoded as a full read's") {
    TinyReading fused("qwen2"), full("qwen2");
    const std::vector<float> logits = read_fused(fused);
    take(full.full());
    const auto behind_exact = decode(full, logits, 0).tokens;
    CHECK(decode(fused, logits, 1000).tokens == behind_exact);  // all in the first step
    CHECK(fused.cache.n_exact() >= kEnd);

    TinyReading left("qwen2");
    read_fused(left);
    CHECK(decode(left, logits, 0).tokens != behind_exact);
}

TEST_CASE("the same schedule gives the same answer on any number of threads") {
    const auto answer = [](int n_threads) {
        TinyReading reading(std::string("llama"), {.n_threads = n_threads});
        const std::vector<float> logits = read_fused(reading);
        return decode(reading, logits, 3).tokens;
    };
    CHECK(answer(1) == answer(3));
}
