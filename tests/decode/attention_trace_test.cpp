#include "engine/decode/attention_trace.h"

#include <numeric>

#include "engine/decode/generator.h"
#include "tests/decode/piece_tokenizer.h"
#include "tests/model/model_rig.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr int kPromptRows = 10;
constexpr int kAnswerTokens = 40;

std::vector<AttentionHead> all_heads(const ModelConfig& config) {
    std::vector<AttentionHead> heads;
    for (int layer = 0; layer < config.n_layers; ++layer)
        for (int head = 0; head < config.n_heads; ++head) heads.push_back({layer, head});
    return heads;
}

/// An answer with its trace over the prompt's rows.
struct Traced {
    std::vector<std::vector<float>> weights;  ///< of each answer row: [heads, kPromptRows]
    std::vector<std::size_t> n_heard;         ///< rows heard of when each piece of text came
    Generated generated;
};

struct Answering {
    explicit Answering(const char* name) : rig(name, {.kv = DType::kI16}) {
        rig.read(some_ids(kPromptRows));
        logits.resize(static_cast<std::size_t>(rig.vocab_size()));
        rig.model->logits(rig.activations, kPromptRows - 1, logits);
    }

    Traced run(std::vector<AttentionHead> heads, std::optional<std::vector<TokenId>> draft_from) {
        Traced traced;
        AttentionTrace trace = value_or_throw(AttentionTrace::create(
            *rig.model, std::move(heads), kPromptRows, [&](std::span<const float> weights) {
                traced.weights.emplace_back(weights.begin(), weights.end());
            }));
        GenerateOptions options;
        options.max_tokens = kAnswerTokens;
        options.sampler.temperature = 2.0f;
        options.sampler.seed = 3;
        options.draft_from = std::move(draft_from);
        options.learn_step_costs = false;
        options.attention = &trace;
        traced.generated = value_or_throw(generate(
            *rig.model, rig.activations, rig.cache, PieceTokenizer(), logits, options,
            [&](std::string_view) { traced.n_heard.push_back(traced.weights.size()); }, {}));
        return traced;
    }

    ModelRig rig;
    std::vector<float> logits;
};

/// What the backend says that one row attends to in a layer, all heads together.
std::vector<float> layer_mass(ModelRig& rig, int row, int layer) {
    Tensor mass = value_or_throw(rig.backend->allocate(DType::kF32, {kPromptRows}));
    std::vector<float> host(kPromptRows, 0.0f);
    rig.backend->upload(mass.view(), std::as_bytes(std::span(host)));
    LayerHooks hooks;
    hooks.after = [&](int at, const RowBlock&) -> Status {
        if (at == layer)
            rig.backend->attention_mass(mass.view(), rig.activations.q.rows(1),
                                        rig.cache.layer(layer), rig.activations.rows.rows(1),
                                        rig.cache.positions(),
                                        rig.model->config().attention_options(layer), {});
        return {};
    };
    const std::vector<std::int32_t> rows{row};
    value_or_throw(run_pass({*rig.model, rig.activations, rig.cache, rows, {}}, hooks));
    rig.backend->download(std::as_writable_bytes(std::span(host)), mass.view());
    return host;
}

}  // namespace

TEST_CASE("an answer row's heads together are the attention mass of its layer, windows too") {
    Answering answering(GENERATE("qwen2", "llama", "gemma3"));
    ModelRig& rig = answering.rig;
    const ModelConfig& config = rig.model->config();
    const Traced traced = answering.run(all_heads(config), std::nullopt);
    REQUIRE(traced.weights.size() == kAnswerTokens - 1);
    for (const int t : {0, 7, kAnswerTokens - 2}) {
        for (int layer = 0; layer < config.n_layers; ++layer) {
            const std::vector<float> mass = layer_mass(rig, kPromptRows + t, layer);
            for (int row = 0; row < kPromptRows; ++row) {
                double together = 0;
                for (int head = 0; head < config.n_heads; ++head)
                    together +=
                        traced.weights[t][(layer * config.n_heads + head) * kPromptRows + row];
                INFO("token " << t << ", layer " << layer << ", row " << row);
                // Sums of n_heads numbers below 1, in another order.
                CHECK(together == Approx(mass[row]).margin(1e-6));
            }
        }
    }
    CHECK(std::accumulate(traced.weights[0].begin(), traced.weights[0].end(), 0.0) > 0.1);
}

TEST_CASE("heads are told apart") {
    Answering answering("qwen2");
    const auto heads = all_heads(answering.rig.model->config());
    const Traced all = answering.run(heads, std::nullopt);
    const std::size_t chosen = heads.size() - 2;
    const Traced one = Answering("qwen2").run({heads[chosen]}, std::nullopt);
    for (std::size_t t = 0; t < all.weights.size(); ++t) {
        const auto begin =
            all.weights[t].begin() + static_cast<std::ptrdiff_t>(chosen) * kPromptRows;
        CHECK(one.weights[t] == std::vector<float>(begin, begin + kPromptRows));
    }
    CHECK(one.weights[0] !=
          std::vector<float>(all.weights[0].begin(), all.weights[0].begin() + kPromptRows));
}

TEST_CASE("rows of drafts that turn out wrong do not count") {
    const auto heads = all_heads(Answering("qwen2").rig.model->config());
    const Traced plain = Answering("qwen2").run(heads, std::nullopt);
    std::vector<TokenId> with_gaps = plain.generated.tokens;
    for (std::size_t i = 6; i < with_gaps.size(); i += 7) with_gaps[i] ^= 1;
    const Traced drafted = Answering("qwen2").run(heads, with_gaps);
    REQUIRE(drafted.generated.n_accepted > 5);
    REQUIRE(drafted.generated.n_drafted > drafted.generated.n_accepted);
    CHECK(drafted.generated.tokens == plain.generated.tokens);
    CHECK(drafted.weights == plain.weights);
    CHECK(drafted.n_heard == plain.n_heard);
}

TEST_CASE("when a token's text comes, all tokens before it were heard of") {
    const Traced traced = Answering("llama").run({{0, 0}}, std::nullopt);
    REQUIRE(traced.n_heard.size() > 10);
    CHECK(traced.n_heard.front() == 0);
    std::size_t token = 0;
    std::string text;
    Utf8Stream stream;
    std::size_t piece = 0;
    for (const TokenId id : traced.generated.tokens) {
        if (!stream.push(PieceTokenizer().piece(id)).empty())
            CHECK(traced.n_heard[piece++] == token);
        ++token;
    }
}
