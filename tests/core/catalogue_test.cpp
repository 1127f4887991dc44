#include "app/core/catalogue.h"

#include <cstdlib>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

TEST_CASE(
    "the catalogue names a starter, a recommended model and an embedder, each with its memory") {
    int n_answering = 0, n_embedders = 0;
    for (const CatalogueModel& model : catalogue()) {
        ++(model.role == ModelRole::kEmbedder ? n_embedders : n_answering);
        CHECK_FALSE(model.name.empty());
        CHECK_FALSE(model.licence.empty());
        CHECK(model.memory_bytes > model.n_bytes);
    }
    CHECK(n_answering >= 2);
    CHECK(n_embedders >= 1);
}

TEST_CASE("models are found by name or path, and what is missing says how to get it") {
    test::TempDir dir;
    setenv("LECTERN_MODELS", dir.path().c_str(), 1);
    const auto none = find_model("", ModelRole::kAnswering);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().hint.find("lectern models get") != std::string::npos);
    CHECK(find_model("smollm2-135m", ModelRole::kAnswering).error().code == ErrorCode::kNotFound);
    CHECK(find_model("smollm2-135m", ModelRole::kEmbedder).error().code ==
          ErrorCode::kInvalidArgument);
    CHECK(find_model("no such thing", ModelRole::kAnswering).error().code == ErrorCode::kNotFound);

    const std::filesystem::path own = dir / "own.gguf";
    std::ofstream(own) << "x";
    CHECK(find_model(own.string(), ModelRole::kAnswering).value() == own);
    std::ofstream(dir / "SmolLM2-135M-Instruct.Q4_1.gguf") << "x";
    CHECK(find_model("", ModelRole::kAnswering).value() == dir / "SmolLM2-135M-Instruct.Q4_1.gguf");
    unsetenv("LECTERN_MODELS");
}
