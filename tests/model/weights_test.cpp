#include "engine/model/weights.h"

#include "tests/model/model_rig.h"
#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr std::int64_t kModelDim = 8, kFeedForward = 12, kVocabulary = 6;

/// A llama of one layer with a head of 8. `skip`: a tensor to leave out; `reshape`: one to write
/// with a row too many.
GgufWriter one_layer(const std::string& skip = "", const std::string& reshape = "") {
    GgufWriter writer;
    writer.set("general.architecture", "llama")
        .set("llama.block_count", std::uint32_t{1})
        .set("llama.embedding_length", std::uint32_t{kModelDim})
        .set("llama.attention.head_count", std::uint32_t{1})
        .set("llama.feed_forward_length", std::uint32_t{kFeedForward})
        .set("llama.context_length", std::uint32_t{64});
    const auto add = [&](const std::string& name, Shape shape) {
        if (name == skip) return;
        if (name == reshape) shape = shape.with_rows(shape[0] + 1);
        writer.add(name, shape, std::vector<float>(shape.n_elements(), 0.5f));
    };
    add("token_embd.weight", {kVocabulary, kModelDim});
    for (const char* norm : {"attn_norm", "ffn_norm"})
        add("blk.0." + std::string(norm) + ".weight", {kModelDim});
    for (const char* square : {"attn_q", "attn_k", "attn_v", "attn_output"})
        add("blk.0." + std::string(square) + ".weight", {kModelDim, kModelDim});
    add("blk.0.ffn_gate.weight", {kFeedForward, kModelDim});
    add("blk.0.ffn_up.weight", {kFeedForward, kModelDim});
    add("blk.0.ffn_down.weight", {kModelDim, kFeedForward});
    add("output_norm.weight", {kModelDim});
    return writer;
}

Result<std::unique_ptr<Transformer>> load(const GgufWriter& writer, Backend& backend) {
    const TempDir dir;
    writer.write(dir / "one.gguf");
    const auto file = GgufFile::open(dir / "one.gguf");
    if (!file) return tl::unexpected(file.error());
    return Transformer::load(*file, backend);
}

void check_refused(const GgufWriter& writer, ErrorCode code, const std::string& message) {
    const auto backend = make_cpu_backend({.n_threads = 1});
    const auto model = load(writer, *backend);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == code);
    CHECK(model.error().message == message);
}

}  // namespace

TEST_CASE("a whole model loads, its output tied to the embedding where it has none of its own") {
    const auto backend = make_cpu_backend({.n_threads = 1});
    REQUIRE(load(one_layer(), *backend));
    const auto untied = load(
        one_layer().add("output.weight", {kVocabulary, kModelDim}, std::vector<float>(48, 1.0f)),
        *backend);
    REQUIRE(untied);
    CHECK((*untied)->weight_bytes() > (*load(one_layer(), *backend))->weight_bytes());
}

TEST_CASE("a tensor that is missing is named") {
    for (const std::string name :
         {"blk.0.attn_q.weight", "blk.0.ffn_norm.weight", "output_norm.weight"})
        check_refused(one_layer(name), ErrorCode::kCorrupt,
                      "The model file one.gguf lacks the tensor " + name + ".");
}

TEST_CASE("a tensor of another shape than the metadata demand is named with both") {
    check_refused(one_layer("", "blk.0.attn_k.weight"), ErrorCode::kCorrupt,
                  "The tensor blk.0.attn_k.weight of the model file one.gguf is [9, 8] where its "
                  "metadata demand [8, 8].");
    check_refused(one_layer("", "blk.0.attn_norm.weight"), ErrorCode::kCorrupt,
                  "The tensor blk.0.attn_norm.weight of the model file one.gguf is [9] where its "
                  "metadata demand [8].");
}

TEST_CASE("a tensor that the architecture is not known to have is refused, not ignored") {
    const auto extra =
        one_layer().add("blk.0.attn_output.bias", {kModelDim}, std::vector<float>(kModelDim, 1.0f));
    check_refused(
        extra, ErrorCode::kUnsupported,
        "The model file one.gguf has a tensor blk.0.attn_output.bias that its architecture "
        "is not known to have.");
}
