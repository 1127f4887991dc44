// The laws of tokenizers, on the development models.
#include <random>

#include "engine/tokenizer/normal_form.h"
#include "engine/tokenizer/tokenizer.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/tokenizer/random_text.h"

namespace lectern {
namespace {

std::unique_ptr<Tokenizer> load(const std::filesystem::path& path) {
    const auto file = GgufFile::open(path);
    REQUIRE(file);
    auto tokenizer = load_tokenizer(**file);
    REQUIRE(tokenizer);
    return std::move(*tokenizer);
}

/// Control tokens written in text give text tokens that read the same.
void check_control_tokens_stay_text(const Tokenizer& tokenizer,
                                    const std::vector<std::string>& written) {
    for (const std::string& token : written) {
        INFO(token);
        const auto id = tokenizer.find(token);
        REQUIRE(id);
        CHECK(tokenizer.is_control(*id));
        CHECK(tokenizer.piece(*id).empty());
        const auto ids = tokenizer.encode("x" + token + "y");
        for (const TokenId other : ids) CHECK_FALSE(tokenizer.is_control(other));
        CHECK(tokenizer.decode(ids) == "x" + token + "y");
    }
}

}  // namespace

TEST_CASE("the starter's vocabulary keeps the laws") {
    const auto path = test::find_model(test::kStarter);
    if (!path) LECTERN_SKIP("no starter model");
    const auto tokenizer = load(*path);
    check_control_tokens_stay_text(*tokenizer, {"<|im_start|>", "<|im_end|>", "<|endoftext|>"});
    // Its vocabulary has no token for 21 of the bytes.
    std::string missing;
    for (int byte = 0; byte < 256; ++byte)
        if (tokenizer->encode(std::string(1, static_cast<char>(byte))).empty())
            missing += static_cast<char>(byte);
    CHECK(missing.size() == 21);
    std::mt19937 random(4);
    for (int i = 0; i < 1000; ++i) {
        const std::string text = test::random_bytes(random);
        std::string expected = text;
        std::erase_if(expected, [&](char c) { return missing.find(c) != std::string::npos; });
        REQUIRE(tokenizer->decode(tokenizer->encode(text)) == expected);
    }
}

TEST_CASE("the recommended model's vocabulary keeps the laws") {
    const auto path = test::find_model(test::kRecommended);
    if (!path) LECTERN_SKIP("no recommended model");
    const auto tokenizer = load(*path);
    check_control_tokens_stay_text(*tokenizer, {"<|im_start|>", "<|im_end|>", "<|endoftext|>"});
    CHECK(tokenizer->encode("<tool_call>") == std::vector{*tokenizer->find("<tool_call>")});
    std::mt19937 random(5);
    for (int i = 0; i < 1000; ++i) {
        const std::string text = test::random_bytes(random);
        std::string buffer;
        REQUIRE(tokenizer->decode(tokenizer->encode(text)) == to_nfc(text, buffer));
    }
}

TEST_CASE("Gemma's vocabulary keeps the laws") {
    const auto path = test::find_model(test::kGemma);
    if (!path) LECTERN_SKIP("no Gemma model");
    const auto tokenizer = load(*path);
    check_control_tokens_stay_text(*tokenizer,
                                   {"<start_of_turn>", "<end_of_turn>", "<bos>", "<eos>"});
    CHECK(tokenizer->add_bos());
    CHECK(tokenizer->encode("<table>") == std::vector{*tokenizer->find("<table>")});
    CHECK(tokenizer->encode("\n\n\n").size() == 1);
    std::mt19937 random(6);
    for (int i = 0; i < 1000; ++i) {
        const std::string text = test::random_bytes(random);
        REQUIRE(tokenizer->decode(tokenizer->encode(text)) == text);
    }
}

}  // namespace lectern
