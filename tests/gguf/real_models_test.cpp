#include "engine/gguf/gguf_file.h"
#include "engine/gguf/safetensors_file.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"

using namespace lectern;

namespace {

struct Expected {
    const char* name;
    const char* architecture;
    std::size_t n_tensors;
    std::int64_t vocabulary;
};

void check_model(const Expected& expected) {
    const auto path = test::find_model(expected.name);
    if (!path) LECTERN_SKIP(std::string(expected.name) + " is not there");
    const auto file = GgufFile::open(*path);
    REQUIRE(file);
    CHECK((*file)->text("general.architecture") == std::string(expected.architecture));
    CHECK((*file)->tensors().size() == expected.n_tensors);
    CHECK((*file)->n_bytes() == std::filesystem::file_size(*path));
    const GgufTensor* embedding = (*file)->tensor("token_embd.weight");
    REQUIRE(embedding != nullptr);
    CHECK(embedding->shape[0] == expected.vocabulary);
    CHECK(embedding->bytes.size() == row_bytes(embedding->dtype, embedding->shape.n_elements()));
    const auto* tokens =
        std::get_if<std::vector<std::string>>((*file)->find("tokenizer.ggml.tokens"));
    REQUIRE(tokens != nullptr);
    CHECK(static_cast<std::int64_t>(tokens->size()) == expected.vocabulary);
    CHECK((*file)->content_hash() == (*GgufFile::open(*path))->content_hash());
}

}  // namespace

TEST_CASE("the starter model opens") { check_model({test::kStarter, "llama", 272, 49152}); }
TEST_CASE("the recommended model opens") {
    check_model({test::kRecommended, "qwen2", 339, 151936});
}
TEST_CASE("the Gemma model opens") { check_model({test::kGemma, "gemma3", 236, 262144}); }

TEST_CASE("the embedder's weights open") {
    const auto path = test::find_model(test::kEmbedder);
    if (!path) LECTERN_SKIP("the embedder is not there");
    const auto file = SafetensorsFile::open(*path / "model.safetensors");
    REQUIRE(file);
    CHECK((*file)->tensors().size() == 103);  // position ids left out
    const GgufTensor* words = (*file)->tensor("embeddings.word_embeddings.weight");
    REQUIRE(words != nullptr);
    CHECK(words->shape == Shape{30522, 384});
}
