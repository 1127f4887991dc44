#include "engine/decode/generator.h"

#include "tests/decode/piece_tokenizer.h"
#include "tests/model/model_rig.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct Run {
    Generated generated;
    std::vector<std::string> pieces;
};

bool is_valid_utf8(const std::string& text) {
    Utf8Stream stream;
    return stream.push(text) == text && stream.finish().empty();
}

/// Reads a prompt with a tiny model and decodes behind it.
class Decoder {
  public:
    explicit Decoder(const char* model = "qwen2") : rig(model, {}) {
        rig.read(some_ids(10));
        logits.resize(rig.vocab_size());
        rig.model->logits(rig.activations, 9, logits);
    }

    Run run(const GenerateOptions& options, std::stop_token stop = {},
            const std::function<void(std::string_view)>& on_text = {}) {
        Run run;
        run.generated = value_or_throw(generate(
            *rig.model, rig.activations, rig.cache, PieceTokenizer(), logits, options,
            [&](std::string_view text) {
                run.pieces.emplace_back(text);
                if (on_text) on_text(text);
            },
            stop));
        return run;
    }

    ModelRig rig;
    std::vector<float> logits;
};

GenerateOptions hot(int max_tokens) {
    GenerateOptions options;
    options.max_tokens = max_tokens;
    options.sampler.temperature = 2.0f;
    options.sampler.seed = 3;
    options.segment = 4;
    return options;
}

}  // namespace

TEST_CASE("every piece is valid UTF-8, and together they are the text") {
    Decoder decoder;
    const Run run = decoder.run(hot(60));
    CHECK(run.generated.tokens.size() == 60);
    CHECK(run.generated.finish == FinishReason::kMaxTokens);
    std::string joined;
    for (const auto& piece : run.pieces) {
        CHECK_FALSE(piece.empty());
        CHECK(is_valid_utf8(piece));
        joined += piece;
    }
    CHECK(joined == run.generated.text);
    Utf8Stream stream;
    std::string expected;
    for (const TokenId id : run.generated.tokens)
        expected += stream.push(PieceTokenizer().piece(id));
    CHECK(run.generated.text == expected + stream.finish());
}

TEST_CASE("every token but the last stays in the cache, as the model would read it") {
    Decoder decoder;
    const Run run = decoder.run(hot(12));
    REQUIRE(decoder.rig.cache.size() == 10 + 11);
    for (int row = 10; row < 21; ++row) {
        CHECK(decoder.rig.cache.rows()[row].kind == SegmentKind::kAnswer);
        CHECK(decoder.rig.cache.rows()[row].segment == 4);
        CHECK(decoder.rig.cache.rows()[row].state == RowState::kExact);
    }
    CHECK(decoder.rig.model->work().answer == 11 * decoder.rig.model->row_cost());
    std::vector<TokenId> all = some_ids(10);
    all.insert(all.end(), run.generated.tokens.begin(), run.generated.tokens.end() - 1);
    const auto kv = decoder.rig.kv_bytes();
    ModelRig whole("qwen2", {});
    whole.read(all);
    CHECK(whole.kv_bytes() == kv);
}

TEST_CASE("the same seed gives the same answer, another one another") {
    const auto answer = [](std::uint64_t seed) {
        GenerateOptions options = hot(30);
        options.sampler.seed = seed;
        return Decoder().run(options).generated.tokens;
    };
    CHECK(answer(1) == answer(1));
    CHECK(answer(1) != answer(2));
}

TEST_CASE("a stop token ends the answer and is not part of it") {
    const auto tokens = Decoder().run(hot(20)).generated.tokens;
    GenerateOptions options = hot(20);
    options.stop_tokens = {tokens[7], 1000};
    const Run run = Decoder().run(options);
    const auto first = std::find(tokens.begin(), tokens.end(), tokens[7]);
    CHECK(run.generated.finish == FinishReason::kStop);
    CHECK(run.generated.tokens == std::vector<TokenId>(tokens.begin(), first));
}

TEST_CASE("decoding ends where the context is full") {
    Decoder decoder;
    const Run run = decoder.run(hot(1000));
    CHECK(run.generated.finish == FinishReason::kContextFull);
    CHECK(decoder.rig.cache.size() == decoder.rig.cache.capacity());
    CHECK(static_cast<int>(run.generated.tokens.size()) == decoder.rig.cache.capacity() - 10 + 1);
}

TEST_CASE("a stop that is asked for keeps what was decoded") {
    Decoder decoder;
    std::stop_source source;
    int n_pieces = 0;
    const Run run = decoder.run(hot(50), source.get_token(), [&](std::string_view) {
        if (++n_pieces == 5) source.request_stop();
    });
    CHECK(run.generated.finish == FinishReason::kCancelled);
    CHECK(run.generated.tokens.size() < 50);
    CHECK_FALSE(run.generated.text.empty());
    CHECK(is_valid_utf8(run.generated.text));
    CHECK(decoder.rig.cache.size() == 10 + static_cast<int>(run.generated.tokens.size()) - 1);

    const Run before = Decoder().run(hot(50), source.get_token());
    CHECK(before.generated.finish == FinishReason::kCancelled);
    CHECK(before.generated.tokens.empty());
}

TEST_CASE("an answer behind rows that are not exact is not exact") {
    Decoder decoder;
    decoder.rig.cache.set_state(3, RowState::kReused);
    decoder.run(hot(4));
    for (int row = 10; row < decoder.rig.cache.size(); ++row)
        CHECK(decoder.rig.cache.rows()[row].state == RowState::kRecomputed);
}

TEST_CASE("no tokens are asked for, none come") {
    const Run run = Decoder().run(hot(0));
    CHECK(run.generated.tokens.empty());
    CHECK(run.generated.finish == FinishReason::kMaxTokens);
}

TEST_CASE("drafts change no token, no text and no cache row, greedy and sampled") {
    const bool is_greedy = GENERATE(true, false);
    GenerateOptions options = hot(60);
    options.sampler.temperature = is_greedy ? 0.0f : 0.7f;
    options.sampler.repetition_penalty = is_greedy ? 1.0f : 1.1f;
    Decoder plain;
    const Run expected = plain.run(options);
    REQUIRE(expected.generated.tokens.size() == 60);
    CHECK(expected.generated.n_steps == 59);

    // A text that the answer quotes to the letter, with gaps, or not at all.
    const auto& tokens = expected.generated.tokens;
    std::vector<TokenId> with_gaps = tokens;
    for (std::size_t i = 6; i < with_gaps.size(); i += 7) with_gaps[i] ^= 1;
    int fewest = 60;
    for (const std::vector<TokenId>& text : {tokens, with_gaps, some_ids(50)}) {
        options.draft_from = text;
        options.learn_step_costs = false;
        Decoder drafting;
        const Run run = drafting.run(options);
        CHECK(run.generated.tokens == tokens);
        CHECK(run.generated.text == expected.generated.text);
        CHECK(run.generated.n_steps + run.generated.n_accepted == 59);
        CHECK(drafting.rig.cache.size() == plain.rig.cache.size());
        CHECK(drafting.rig.kv_bytes() == plain.rig.kv_bytes());
        fewest = std::min(fewest, run.generated.n_steps);
    }
    CHECK(fewest < 40);
}

TEST_CASE(
    "a stop token, the last token and a full context end a drafting step where plain ones do") {
    const auto tokens = Decoder().run(hot(30)).generated.tokens;
    for (int max_tokens = 1; max_tokens < 30; ++max_tokens) {
        GenerateOptions options = hot(max_tokens);
        options.draft_from = tokens;
        const Run run = Decoder().run(options);
        CHECK(run.generated.tokens ==
              std::vector<TokenId>(tokens.begin(), tokens.begin() + max_tokens));
    }
    GenerateOptions options = hot(30);
    options.draft_from = tokens;
    options.stop_tokens = {tokens[17]};
    const auto first = std::find(tokens.begin(), tokens.end(), tokens[17]);
    Decoder stopped;
    CHECK(stopped.run(options).generated.tokens == std::vector<TokenId>(tokens.begin(), first));
    CHECK(stopped.rig.cache.size() == 10 + (first - tokens.begin()));

    Decoder full;
    options = hot(1000);
    const auto all = Decoder().run(options).generated.tokens;
    options.draft_from = all;
    CHECK(full.run(options).generated.tokens == all);
    CHECK(full.rig.cache.size() == full.rig.cache.capacity());
}
