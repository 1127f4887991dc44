#include "engine/model/model_config.h"

#include <cmath>

#include "tests/model/model_rig.h"
#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct Metadata {
    std::string architecture = "llama";
    std::uint32_t n_layers = 2, d_model = 64, n_heads = 4, n_kv_heads = 2, d_ff = 96;
    std::uint32_t context = 2048;
};

GgufWriter header(const Metadata& m) {
    const std::string a = m.architecture + ".";
    GgufWriter writer;
    writer.set("general.architecture", m.architecture)
        .set(a + "block_count", m.n_layers)
        .set(a + "embedding_length", m.d_model)
        .set(a + "attention.head_count", m.n_heads)
        .set(a + "attention.head_count_kv", m.n_kv_heads)
        .set(a + "feed_forward_length", m.d_ff)
        .set(a + "context_length", m.context)
        .add("token_embd.weight", {10, m.d_model}, std::vector<float>(10 * m.d_model));
    return writer;
}

Result<ModelConfig> read(const GgufWriter& writer) {
    const TempDir dir;
    writer.write(dir / "model.gguf");
    const auto file = GgufFile::open(dir / "model.gguf");
    if (!file) return tl::unexpected(file.error());
    return ModelConfig::from_gguf(**file);
}

ModelConfig read_real(const std::filesystem::path& path) {
    return value_or_throw(ModelConfig::from_gguf(*value_or_throw(GgufFile::open(path))));
}

void check_refused(const GgufWriter& writer, ErrorCode code, const std::string& words) {
    const auto config = read(writer);
    REQUIRE_FALSE(config);
    INFO(config.error().text());
    CHECK(config.error().code == code);
    CHECK(config.error().text().find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("defaults come from the architecture, the rest from the file") {
    const auto c = read(header({}));
    REQUIRE(c);
    CHECK(c->architecture == "llama");
    CHECK(c->name == "model");
    CHECK(c->head_dim == 16);
    CHECK(c->vocab_size == 10);
    CHECK(c->rope.style == RopeStyle::kInterleaved);
    CHECK(c->rope.inverse_frequency.size() == 8);
    CHECK(c->attention_scale == 0.25f);
    CHECK(c->activation == Activation::kSilu);
    CHECK_FALSE(c->qk_norm);
    CHECK_FALSE(c->is_windowed(0));
    CHECK(c->embedding_scale == 1.0f);
}

TEST_CASE("gemma3 has windowed layers with a RoPE of their own, and scaled embeddings") {
    const ModelConfig c = read_real(tiny_model("gemma3"));
    CHECK(c.window == 8);
    for (const int layer : {0, 1, 3}) CHECK(c.is_windowed(layer));
    CHECK_FALSE(c.is_windowed(2));
    CHECK(c.attention_options(2).window == 0);
    CHECK(c.attention_options(3).window == 8);
    CHECK(c.embedding_scale == std::sqrt(32.0f));
    CHECK(c.post_norms);
    CHECK(c.qk_norm);
    CHECK(c.activation == Activation::kGeluTanh);
    // The global base of 1e6, slowed 8 times; the local base of 1e4, not slowed.
    CHECK(c.rope_of(2).inverse_frequency[1] == Approx(std::pow(1e6, -1.0 / 8) / 8));
    CHECK(c.rope_of(0).inverse_frequency[1] == Approx(std::pow(1e4, -1.0 / 8)));
}

TEST_CASE("llama's RoPE factors are read from the file") {
    const ModelConfig c = read_real(tiny_model("llama3"));
    CHECK(c.rope.inverse_frequency.front() == 1.0f);
    CHECK(c.rope.inverse_frequency.back() == Approx(std::pow(5000.0, -14.0 / 16) / 8));
}

TEST_CASE("a window pattern may be written as a list of layers") {
    Metadata m{.architecture = "gemma3", .n_layers = 4};
    const std::string key = "gemma3.attention.sliding_window_pattern";
    auto writer = header(m).set("gemma3.attention.sliding_window", std::uint32_t{16});
    const auto c = read(GgufWriter(writer).set(key, std::vector<bool>{true, false, true, false}));
    REQUIRE(c);
    CHECK(c->window_period == 2);
    check_refused(GgufWriter(writer).set(key, std::vector<bool>{true, false, false, true}),
                  ErrorCode::kUnsupported, "irregular pattern");
}

TEST_CASE("an architecture that is not known is named, with what is supported") {
    check_refused(header({.architecture = "mamba"}), ErrorCode::kUnsupported,
                  "has the architecture \"mamba\". Supported are: llama, qwen2, qwen3, gemma3.");
    check_refused(GgufWriter().set("general.name", "x"), ErrorCode::kCorrupt,
                  "does not name its architecture");
}

TEST_CASE("what would change the result and is not built is refused") {
    check_refused(header({}).set("llama.expert_count", std::uint32_t{8}), ErrorCode::kUnsupported,
                  "mixture of experts");
    check_refused(header({}).set("llama.rope.scaling.type", "longrope"), ErrorCode::kUnsupported,
                  "\"longrope\" RoPE scaling");
    check_refused(header({}).set("llama.rope.scaling.type", "dynamic"), ErrorCode::kUnsupported,
                  "\"dynamic\" RoPE scaling");
    check_refused(header({}).add("rope_factors_long.weight", {8}, std::vector<float>(8, 1.0f)),
                  ErrorCode::kUnsupported, "LongRoPE");
    check_refused(header({}).set("llama.attention.causal", false), ErrorCode::kUnsupported,
                  "attention to later tokens");
    check_refused(header({}).set("llama.attention.value_length", std::uint32_t{8}),
                  ErrorCode::kUnsupported, "values of another length");
    check_refused(
        header({.architecture = "qwen2"}).set("qwen2.attention.sliding_window", std::uint32_t{512}),
        ErrorCode::kUnsupported, "sliding window");
}

TEST_CASE("values that make no sense are refused") {
    const auto corrupt = [](const Metadata& m, const std::string& words) {
        check_refused(header(m), ErrorCode::kCorrupt, words);
    };
    corrupt({.n_layers = 0}, "wrong llama.block_count: 0");
    corrupt({.n_layers = 4'000'000'000}, "wrong llama.block_count: 4000000000");
    corrupt({.n_heads = 0}, "wrong llama.attention.head_count: 0");
    corrupt({.n_heads = 5}, "wrong llama.attention.head_count");
    corrupt({.n_heads = 4, .n_kv_heads = 3}, "3 does not divide the 4 query heads");
    corrupt({.n_kv_heads = 8}, "wrong llama.attention.head_count_kv");
    corrupt({.d_ff = 0}, "wrong llama.feed_forward_length");
    corrupt({.context = 0}, "wrong llama.context_length");

    const auto with = [](auto key, auto value) { return header({}).set(key, value); };
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    check_refused(with("llama.attention.layer_norm_rms_epsilon", nan), ErrorCode::kCorrupt,
                  "layer_norm_rms_epsilon");
    check_refused(with("llama.rope.freq_base", -1.0f), ErrorCode::kCorrupt, "rope.freq_base");
    check_refused(with("llama.rope.dimension_count", std::uint32_t{17}), ErrorCode::kCorrupt,
                  "rope.dimension_count: 17");
    check_refused(with("llama.attention.key_length", std::uint32_t{15}), ErrorCode::kCorrupt,
                  "key_length: 15");
    check_refused(with("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b"}),
                  ErrorCode::kCorrupt, "2 tokens, but 10 embeddings");
    check_refused(header({}).add("rope_freqs.weight", {8}, std::vector<float>(8, 0.0f)),
                  ErrorCode::kCorrupt, "rope_freqs.weight");
    check_refused(header({}).add("rope_freqs.weight", {3}, std::vector<float>(3, 1.0f)),
                  ErrorCode::kCorrupt, "rope_freqs.weight");
    check_refused(header({.architecture = "gemma3"}), ErrorCode::kCorrupt,
                  "gemma3.attention.sliding_window: it is missing");
}

TEST_CASE("a key that is missing is named") {
    check_refused(GgufWriter().set("general.architecture", "qwen3"), ErrorCode::kCorrupt,
                  "lacks qwen3.block_count");
}
