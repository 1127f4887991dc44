#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/hash.h"
#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Rows [begin, end) of the cache as they are after placing chunk at begin and nothing else.
std::vector<std::byte> placed_bytes(TinyReading& reading, const ChunkKv& chunk, int layer,
                                    int begin) {
    const int size = reading.cache.size();
    reading.backend->place_kv(reading.cache.layer(layer), take(chunk.layer(layer)),
                              {.first_row = begin, .change = {}, .skip = {}},
                              reading.cache.positions(), reading.model->config().rope_of(layer));
    REQUIRE(reading.cache.size() == size);
    return reading.layer_bytes(layer, begin, begin + chunk.n_tokens());
}

double largest_difference(std::span<const float> a, std::span<const float> b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(double{a[i]} - b[i]));
    return largest;
}

}  // namespace

TEST_CASE("fusing with every row recomputed gives a full read to the last bit") {
    for (const std::string& name : kTinyModels) {
        for (const KvPrecision precision :
             {KvPrecision::kF16, KvPrecision::kInt8, KvPrecision::kInt4}) {
            // 16 activation rows: the passes below run in several blocks, which must not show.
            for (const int activation_rows : {128, 16}) {
                INFO(name << ", " << activation_rows << " activation rows");
                TinyReading full(name);
                TinyReading fused(name, {.activation_rows = activation_rows});
                const auto expected = take(full.full());
                const auto got = take(fused.fused(full.chunks(precision), "all"));
                CHECK(got.logits == expected.logits);
                CHECK(fused.all_bytes() == full.all_bytes());
                CHECK(fused.states() == std::vector<RowState>(kEnd, RowState::kExact));
                CHECK(full.states() == fused.states());
                CHECK(got.recomputed_rows == kPassageRows);
                CHECK(got.reused_rows == 0);
            }
        }
    }
}

TEST_CASE("a prefix that the cache holds already reads as one that comes with the prompt") {
    for (const char* name : {"llama", "gemma3"}) {
        TinyReading whole(name), split(name);
        const auto chunks = whole.chunks();
        const auto expected = take(whole.fused(chunks, "question"));
        split.hold_prefix();
        const auto got = take(split.fused(chunks, "question"));
        CHECK(got.logits == expected.logits);
        CHECK(split.all_bytes() == whole.all_bytes());
        CHECK(split.states() == whole.states());
        CHECK(split.cache.segment_rows(2) == std::pair{kPassage2, kPassage3});
    }
}

TEST_CASE("plain reuse recomputes nothing and leaves passages as they were placed") {
    for (const std::string& name : kTinyModels) {
        TinyReading reading(name);
        const auto chunks = reading.chunks();
        const auto report = take(reading.fused(chunks, "none", 0.5));
        CHECK(report.recomputed_rows == 0);
        CHECK(report.reused_rows == kPassageRows);
        CHECK(report.charged_ratio == 0);
        const int begins[] = {kPassage1, kPassage2, kPassage3};
        for (int layer = 0; layer < reading.model->config().n_layers; ++layer)
            for (int i = 0; i < 3; ++i) {
                const int end = begins[i] + chunks[i]->n_tokens();
                const auto in_cache = reading.layer_bytes(layer, begins[i], end);
                CHECK(in_cache == placed_bytes(reading, *chunks[i], layer, begins[i]));
            }
        const auto states = reading.states();
        CHECK(std::all_of(states.begin(), states.begin() + kPassage1,
                          [](RowState s) { return s == RowState::kExact; }));
        CHECK(std::all_of(states.begin() + kPassage1, states.begin() + kPassage2,
                          [](RowState s) { return s == RowState::kRounded; }));
        CHECK(std::all_of(states.begin() + kPassage2, states.begin() + kQuestion,
                          [](RowState s) { return s == RowState::kReused; }));
        CHECK(std::all_of(states.begin() + kQuestion, states.end(),
                          [](RowState s) { return s == RowState::kRecomputed; }));
    }
}

TEST_CASE("the first passage behind the prefix is exact up to the stored form's rounding") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        // Plain products: activations quantised to int8 would magnify a difference of one rounding.
        const TinyOptions plain{.numerics = CpuNumerics::kPlainF32};
        TinyReading full(name, plain), fused(name, plain);
        full.prompt.erase(full.prompt.begin() + 2, full.prompt.begin() + 4);
        fused.prompt = full.prompt;
        const auto expected = take(full.full());
        const auto report = take(fused.fused(fused.chunks(KvPrecision::kF16), "none"));
        CHECK(std::all_of(fused.cache.rows().begin() + kPassage1,
                          fused.cache.rows().begin() + kPassage2,
                          [](const CacheRow& row) { return row.state == RowState::kRounded; }));
        // The stored form is f16, before K's rotation: the logits (of order 1 to 10 here) differ by
        // that rounding alone.
        CHECK(largest_difference(report.logits, expected.logits) < 0.02);
        const LayerKv a = full.cache.layer(0), b = fused.cache.layer(0);
        for (std::int64_t row = 0; row < kPassage2; ++row)
            for (std::int64_t i = 0; i < a.v.shape[2]; ++i) {
                const float read = value(a, 0, row, i);
                // f16's rounding, and half a step of each row's own scale.
                const float bound =
                    0.51f * (a.v_scale.as<float>()[row] + b.v_scale.as<float>()[row]) +
                    std::abs(read) * 0x1p-11f;
                CHECK(std::abs(value(b, 0, row, i) - read) <= bound);
            }
        // Nothing is left to choose.
        RecordingSelector selector("question");
        TinyReading again(name, plain);
        again.prompt = full.prompt;
        CHECK(take(again.fused(again.chunks(), selector, 1.0)).recomputed_rows == 0);
        CHECK(selector.candidates.empty());
    }
}

TEST_CASE("behind history no passage is exact") {
    TinyReading reading("llama");
    const auto chunks = reading.chunks();
    const PromptSegment history{SegmentKind::kHistory, {3, 1, 4, 1, 5}};
    reading.prompt.insert(reading.prompt.begin() + 1, history);
    RecordingSelector selector("first-k");
    take(reading.fused(chunks, selector, 0.1));
    CHECK(static_cast<int>(selector.candidates.size()) == kPassageRows);
    const auto states = reading.states();
    CHECK(states[kPassage1 + 4] == RowState::kExact);  // the history's last row
    CHECK(std::count(states.begin(), states.end(), RowState::kReused) ==
          kPassageRows - std::lround(0.1 * kPassageRows));
}

TEST_CASE("a second turn goes on behind the first, and says what is not exact") {
    TinyReading reading("qwen2");
    const auto chunks = reading.chunks();
    take(reading.fused(chunks, "none"));
    reading.prompt.erase(reading.prompt.begin(), reading.prompt.begin() + 3);
    const std::vector second{chunks.back()};

    RecordingSelector selector("question");
    const auto report = take(reading.fused(second, selector, 0.5));
    CHECK(report.recomputed_rows == 12);
    CHECK(selector.candidates.front() == kEnd);  // the second turn's first passage row
    CHECK(reading.cache.rows()[kEnd].segment == 5);
    CHECK(reading.cache.rows().back().segment == 6);

    reading.cache.truncate(kEnd);
    take(reading.full());
    const auto states = reading.states();
    CHECK(std::all_of(states.begin() + kEnd, states.end(),
                      [](RowState s) { return s == RowState::kRecomputed; }));
}

TEST_CASE("one reused value that is wrong changes the logits") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name);
        auto chunks = reading.chunks(KvPrecision::kF16);
        const auto right = take(reading.fused(chunks, "none"));
        reading.cache.truncate(0);
        const int row = chunks[2]->n_tokens() - 1;  // inside every window of the question
        const ChunkKv& chunk = *chunks[2];
        const StoredLayerLayout layout(chunk.shape(), chunk.format(), chunk.n_tokens());
        const auto row_size = static_cast<std::size_t>(chunk.shape().row_elements()) * 2;
        chunks[2] = std::make_shared<ChunkInHand>(
            chunks[2], [=](int layer, std::span<std::byte> bytes) -> Status {
                if (layer == 0) bytes[layout.v.values + row * row_size + 1] ^= std::byte{0x80};
                return {};
            });
        const auto wrong = take(reading.fused(chunks, "none"));
        CHECK(wrong.logits != right.logits);
    }
}

TEST_CASE("charged ratios are what one counts by hand") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name);
        const auto chunks = reading.chunks();
        const ModelConfig& c = reading.model->config();
        // Multiply-adds of a row's weight products in one layer.
        const double projections = c.d_model * (c.n_heads + 2.0 * c.n_kv_heads) * c.head_dim;
        const double remaining = c.d_model * (c.n_heads * c.head_dim + 3.0 * c.d_ff);
        const double layer = projections + remaining;
        // Of passage rows and probes only K and V are wanted: their last layer ends behind them.
        const double row = layer * c.n_layers - remaining;
        const double all_rows = kPassageRows * row;
        const int n_candidates = kQuestion - kPassage2, n_question = kEnd - kQuestion;
        const int budget = 15;  // 0.2 of 77 rows
        const double chosen = budget * row;

        const auto charged = [&](const std::string& selector) {
            reading.cache.truncate(0);
            const auto report = take(reading.fused(chunks, selector, 0.2));
            CHECK(report.recomputed_rows == (selector == "none"  ? 0
                                             : selector == "all" ? kPassageRows
                                                                 : budget));
            return report.charged_ratio;
        };
        CHECK(charged("none") == 0);
        CHECK(charged("all") == 1);
        CHECK(charged("random") == Approx(chosen / all_rows));
        CHECK(charged("first-k") == Approx(chosen / all_rows));
        CHECK(charged("question") == Approx((chosen + n_question * row) / all_rows));
        CHECK(charged("cacheblend") ==
              Approx((chosen + n_candidates * (layer + projections)) / all_rows));
        reading.cache.truncate(0);
        CHECK(take(reading.full()).charged_ratio == 1);
    }
}

TEST_CASE("a chunk that turns out corrupt leaves the cache as it was") {
    for (const char* selector : {"none", "cacheblend", "question"}) {
        TinyReading reading("qwen3");
        auto chunks = reading.chunks();
        const auto good = chunks[1];
        reading.hold_prefix();
        const auto before = reading.all_bytes();
        chunks[1] =
            std::make_shared<ChunkInHand>(good, [](int layer, std::span<std::byte>) -> Status {
                if (layer < 2) return {};
                return fail(ErrorCode::kCorrupt, "A stored passage does not match its checksum.");
            });
        const auto failed = reading.fused(chunks, selector);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::kCorrupt);
        CHECK(reading.cache.size() == kPassage1);
        CHECK(reading.all_bytes() == before);

        chunks[1] = good;  // computed again: the same read now works as on a fresh cache
        const auto report = take(reading.fused(chunks, selector));
        TinyReading fresh("qwen3");
        CHECK(report.logits == take(fresh.fused(chunks, selector)).logits);
    }
}

TEST_CASE("cancelling takes effect within a layer and leaves the cache as it was") {
    for (const char* selector : {"none", "cacheblend", "question", "all"}) {
        INFO(selector);
        TinyReading reading("llama3");
        auto chunks = reading.chunks();
        reading.hold_prefix();
        std::stop_source stop;
        chunks[2] = std::make_shared<ChunkInHand>(
            chunks[2], [stop](int layer, std::span<std::byte>) mutable -> Status {
                if (layer == 1) stop.request_stop();
                return {};
            });
        const auto made = take(make_selector(selector));
        const auto cancelled = read_fused(*reading.model, reading.activations, reading.cache,
                                          reading.prompt, chunks, *made, {}, stop.get_token());
        REQUIRE_FALSE(cancelled);
        CHECK(cancelled.error().code == ErrorCode::kCancelled);
        CHECK(reading.cache.size() == kPassage1);

        const auto full = read_full(*reading.model, reading.activations, reading.cache,
                                    reading.prompt, stop.get_token());
        REQUIRE_FALSE(full);
        CHECK(full.error().code == ErrorCode::kCancelled);
        CHECK(reading.cache.size() == kPassage1);
    }
}

TEST_CASE("a prompt that cannot be read is refused before anything is appended") {
    TinyReading reading("llama");
    auto chunks = reading.chunks();
    const auto refused = [&](ErrorCode code) {
        const auto result = reading.fused(chunks, "none");
        REQUIRE_FALSE(result);
        CHECK(result.error().code == code);
        CHECK(reading.cache.size() == 0);
    };
    const PromptSegments whole = reading.prompt;
    reading.prompt.back().ids.clear();
    refused(ErrorCode::kInvalidArgument);
    reading.prompt.pop_back();
    refused(ErrorCode::kInvalidArgument);
    reading.prompt = whole;
    reading.prompt.back().ids.resize(80, 1);
    refused(ErrorCode::kTooLong);
    reading.prompt = whole;
    reading.prompt[2].ids.pop_back();
    refused(ErrorCode::kCorrupt);
    reading.prompt = whole;
    chunks.push_back(chunks.front());
    refused(ErrorCode::kInvalidArgument);
    chunks.resize(2);
    refused(ErrorCode::kCorrupt);
}

TEST_CASE("a reading's phases are those it has, and add up to its time") {
    const auto of = [](const FuseReport& report, ReadPhase phase) {
        return report.phases[static_cast<std::size_t>(phase)];
    };
    TinyReading reading("llama");
    const auto chunks = reading.chunks();
    const auto fused = take(reading.fused(chunks, "question", 0.2));
    for (const ReadPhase phase :
         {ReadPhase::kPrepare, ReadPhase::kLeading, ReadPhase::kWait, ReadPhase::kPlace,
          ReadPhase::kProbe, ReadPhase::kSelect, ReadPhase::kRecompute, ReadPhase::kLogits})
        CHECK(of(fused, phase) > 0);
    CHECK(fused.load_ms == of(fused, ReadPhase::kWait) + of(fused, ReadPhase::kPlace));
    reading.cache.truncate(0);
    const auto full = take(reading.full());
    CHECK(of(full, ReadPhase::kRecompute) > 0);
    CHECK(of(full, ReadPhase::kPlace) == 0);
    CHECK(of(full, ReadPhase::kProbe) == 0);
    for (const FuseReport& report : {fused, full})
        CHECK(report.fuse_ms ==
              Approx(std::accumulate(report.phases.begin(), report.phases.end(), 0.0)));
}

TEST_CASE("a prompt without passages reads the same either way") {
    TinyReading full("gemma3"), fused("gemma3");
    full.prompt.erase(full.prompt.begin() + 1, full.prompt.begin() + 4);
    fused.prompt = full.prompt;
    for (const std::string_view name : selector_names()) {
        full.cache.truncate(0);
        fused.cache.truncate(0);
        const auto expected = take(full.full());
        const auto got = take(fused.fused({}, std::string(name)));
        CHECK(got.logits == expected.logits);
        CHECK(got.charged_ratio == 0);
        CHECK(fused.states() == full.states());
    }
}

TEST_CASE("the bits do not depend on the number of threads") {
    for (const std::string& name : {std::string("llama"), std::string("gemma3")}) {
        for (const std::string_view selector : selector_names()) {
            INFO(name << ", " << selector);
            TinyReading one(name, {.n_threads = 1}), three(name, {.n_threads = 3});
            const auto expected = take(one.fused(one.chunks(), std::string(selector), 0.3));
            const auto got = take(three.fused(three.chunks(), std::string(selector), 0.3));
            CHECK(got.logits == expected.logits);
            CHECK(three.all_bytes() == one.all_bytes());
            CHECK(three.states() == one.states());
        }
    }
}
