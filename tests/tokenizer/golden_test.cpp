// Ids of the development models against those of their training tokenizers
// (tests/golden/tokenizers.json, written by tests/golden/compare_tokenizers.py).
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/tokenizer/tokenizer.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"

namespace lectern {
namespace {

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

struct Golden {
    std::vector<std::string> lines;
    std::vector<std::vector<TokenId>> ids;
};

Golden read_golden(const std::string& model) {
    std::ifstream in(std::string(LECTERN_SOURCE_DIR) + "/tests/golden/tokenizers.json");
    const auto json = nlohmann::json::parse(in);
    Golden golden;
    for (const auto& line : json.at("lines")) {
        golden.lines.push_back(line.contains("hex") ? from_hex(line.at("hex"))
                                                    : line.at("text").get<std::string>());
    }
    golden.ids = json.at("ids").at(model).get<std::vector<std::vector<TokenId>>>();
    REQUIRE(golden.lines.size() >= 300);
    REQUIRE(golden.ids.size() == golden.lines.size());
    return golden;
}

void check_against_golden(const Tokenizer& tokenizer, const std::string& model) {
    const Golden golden = read_golden(model);
    for (std::size_t i = 0; i < golden.lines.size(); ++i) {
        INFO(golden.lines[i]);
        CHECK(tokenizer.encode(golden.lines[i]) == golden.ids[i]);
    }
}

std::unique_ptr<Tokenizer> load(const std::filesystem::path& path) {
    const auto file = GgufFile::open(path);
    REQUIRE(file);
    auto tokenizer = load_tokenizer(**file);
    REQUIRE(tokenizer);
    return std::move(*tokenizer);
}

}  // namespace

TEST_CASE("the starter's ids are its training tokenizer's") {
    const auto path = test::find_model(test::kStarter);
    if (!path) LECTERN_SKIP("no starter model");
    check_against_golden(*load(*path), test::kStarter);
}

TEST_CASE("the recommended model's ids are its training tokenizer's") {
    const auto path = test::find_model(test::kRecommended);
    if (!path) LECTERN_SKIP("no recommended model");
    check_against_golden(*load(*path), test::kRecommended);
}

TEST_CASE("Gemma's ids are its training tokenizer's") {
    const auto path = test::find_model(test::kGemma);
    if (!path) LECTERN_SKIP("no Gemma model");
    check_against_golden(*load(*path), test::kGemma);
}

TEST_CASE("the embedder's ids are its training tokenizer's") {
    const auto path = test::find_model(test::kEmbedder);
    if (!path) LECTERN_SKIP("no embedder");
    const auto tokenizer = load_wordpiece(*path);
    REQUIRE(tokenizer);
    check_against_golden(**tokenizer, test::kEmbedder);
}

}  // namespace lectern
