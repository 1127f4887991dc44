#include "app/core/citation_heads.h"

#include <set>

#include "engine/backend/cpu/cpu_backend.h"
#include "tests/support/catch.h"
#include "tests/support/tiny_models.h"

using namespace lectern;

TEST_CASE("a model that nobody measured is listened to where it sees the whole context") {
    const std::string name = GENERATE("qwen2", "gemma3");
    const auto backend = make_cpu_backend({.n_threads = 1});
    auto file = GgufFile::open(test::tiny_model(name));
    REQUIRE(file);
    auto model = Transformer::load(*file, *backend);
    REQUIRE(model);
    const ModelConfig& config = (*model)->config();
    const std::vector<AttentionHead> heads = citation_heads(**model);
    std::set<int> layers;
    for (const AttentionHead& head : heads) {
        CHECK_FALSE(config.is_windowed(head.layer));
        CHECK(head.layer >= config.n_layers / 2);
        layers.insert(head.layer);
    }
    REQUIRE_FALSE(layers.empty());
    CHECK(layers.size() <= 4);
    CHECK(heads.size() == layers.size() * static_cast<std::size_t>(config.n_heads));
}
