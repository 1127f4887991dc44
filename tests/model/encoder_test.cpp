#include "engine/model/encoder.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/gguf/safetensors_file.h"
#include "engine/model/encoder_config.h"
#include "engine/quant/dequantize.h"
#include "tests/model/model_rig.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

const std::filesystem::path kGoldens = std::filesystem::path(LECTERN_SOURCE_DIR) / "tests/golden";

std::vector<std::string> golden_texts() {
    std::ifstream file(kGoldens / "encoder_texts.json");
    return nlohmann::json::parse(file).get<std::vector<std::string>>();
}

std::vector<float> golden_vectors() {
    const auto file = value_or_throw(SafetensorsFile::open(kGoldens / "encoder.safetensors"));
    const GgufTensor* tensor = file->tensor("vectors");
    std::vector<float> values(tensor->shape.n_elements());
    dequantize(tensor->dtype, tensor->bytes, values);
    return values;
}

double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * b[i];
    return sum;
}

struct Rig {
    explicit Rig(const std::filesystem::path& folder, int n_threads = 2)
        : backend(make_cpu_backend({.n_threads = n_threads})),
          encoder(value_or_throw(Encoder::load(folder, *backend))) {}

    std::vector<float> embed(const std::vector<std::vector<TokenId>>& sequences) {
        std::vector<float> out(sequences.size() * encoder->dimensions());
        value_or_throw(encoder->embed(sequences, out).map([] { return 0; }));
        return out;
    }
    std::vector<std::vector<TokenId>> encode(const std::vector<std::string>& texts) const {
        std::vector<std::vector<TokenId>> ids;
        for (const auto& text : texts) ids.push_back(encoder->tokenizer().encode(text));
        return ids;
    }

    std::unique_ptr<Backend> backend;
    std::unique_ptr<Encoder> encoder;
};

}  // namespace

TEST_CASE("MiniLM's vectors are those of PyTorch") {
    const auto folder = find_model(kEmbedder);
    if (!folder) LECTERN_SKIP("the embedder is not there");
    Rig rig(*folder);
    CHECK(rig.encoder->dimensions() == 384);
    CHECK(rig.encoder->max_tokens() == 254);
    const auto texts = golden_texts();
    const auto ours = rig.embed(rig.encode(texts)), golden = golden_vectors();
    REQUIRE(ours.size() == golden.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        INFO(texts[i]);
        const auto a = std::span(ours).subspan(i * 384, 384);
        const auto b = std::span(golden).subspan(i * 384, 384);
        CHECK(dot(a, a) == Approx(1.0).epsilon(1e-6));
        // The golden is stored in f16, whose rounding costs some 1e-7 of the cosine.
        CHECK(dot(a, b) / std::sqrt(dot(b, b)) >= 0.99999);
    }
}

TEST_CASE("a text's vector does not depend on the texts beside it or on the threads") {
    const auto folder = find_model(kEmbedder);
    if (!folder) LECTERN_SKIP("the embedder is not there");
    Rig one(*folder, 1), three(*folder, 3);
    const auto ids = one.encode(golden_texts());
    std::vector<float> alone;
    for (const auto& sequence : ids) {
        const auto vector = one.embed({sequence});
        alone.insert(alone.end(), vector.begin(), vector.end());
    }
    CHECK(three.embed(ids) == alone);
    CHECK(one.embed({}).empty());
}

TEST_CASE("twins on threads of their own give an encoder's vectors at the same time") {
    const auto folder = find_model(kEmbedder);
    if (!folder) LECTERN_SKIP("the embedder is not there");
    Rig rig(*folder, 1);
    const auto ids = rig.encode(golden_texts());
    const auto backend = make_cpu_backend({.n_threads = 1});
    const auto twin = value_or_throw(rig.encoder->twin(*backend));
    CHECK(twin->fingerprint() == rig.encoder->fingerprint());
    std::vector<float> theirs(ids.size() * twin->dimensions());
    bool is_done = false;
    std::thread other([&] { is_done = twin->embed(ids, theirs).has_value(); });
    const auto ours = rig.embed(ids);
    other.join();
    CHECK(is_done);
    CHECK(theirs == ours);
}

TEST_CASE("a text of the longest length embeds, a longer one is an error") {
    const auto folder = find_model(kEmbedder);
    if (!folder) LECTERN_SKIP("the embedder is not there");
    Rig rig(*folder);
    std::vector<std::vector<TokenId>> longest(3, std::vector<TokenId>(254, 2023));
    const auto vectors = rig.embed(longest);
    CHECK(std::equal(vectors.begin(), vectors.begin() + 384, vectors.begin() + 2 * 384));
    longest[1].push_back(2023);
    std::vector<float> out(3 * 384);
    const auto status = rig.encoder->embed(longest, out);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::kTooLong);
}

TEST_CASE("an embedder that is not BERT with mean pooling is refused by name") {
    const nlohmann::json bert{{"model_type", "bert"},     {"hidden_act", "gelu"},
                              {"num_hidden_layers", 2},   {"hidden_size", 32},
                              {"num_attention_heads", 4}, {"intermediate_size", 64},
                              {"vocab_size", 100},        {"max_position_embeddings", 64},
                              {"type_vocab_size", 2},     {"layer_norm_eps", 1e-12}};
    const TempDir dir;
    const auto read = [&](const nlohmann::json& json) {
        std::ofstream(dir / "config.json") << json.dump();
        return EncoderConfig::read(dir.path());
    };
    const auto changed = [&](const char* key, const nlohmann::json& value) {
        nlohmann::json json = bert;
        json[key] = value;
        return read(json).error();
    };
    REQUIRE(EncoderConfig::read(dir.path()).error().code == ErrorCode::kNotFound);
    REQUIRE(read(bert));
    CHECK(read(bert)->max_sequence == 64);
    CHECK(read(bert)->head_dim == 8);
    CHECK(changed("model_type", "roberta").code == ErrorCode::kUnsupported);
    CHECK(changed("model_type", "roberta").message.find("roberta") != std::string::npos);
    CHECK(changed("hidden_act", "relu").code == ErrorCode::kUnsupported);
    CHECK(changed("num_attention_heads", 5).code == ErrorCode::kCorrupt);
    CHECK(changed("hidden_size", -1).code == ErrorCode::kCorrupt);
    CHECK(changed("vocab_size", "many").code == ErrorCode::kCorrupt);
    CHECK(changed("layer_norm_eps", "small").code == ErrorCode::kCorrupt);
    std::ofstream(dir / "config.json") << "{ broken";
    CHECK(EncoderConfig::read(dir.path()).error().code == ErrorCode::kCorrupt);

    std::ofstream(dir / "sentence_bert_config.json") << R"({"max_seq_length": 16})";
    CHECK(read(bert)->max_sequence == 16);
    std::filesystem::create_directory(dir / "1_Pooling");
    std::ofstream(dir / "1_Pooling/config.json") << R"({"pooling_mode_cls_token": true})";
    CHECK(read(bert).error().code == ErrorCode::kUnsupported);
    std::ofstream(dir / "1_Pooling/config.json") << R"({"pooling_mode_mean_tokens": true})";
    CHECK(read(bert));
}
