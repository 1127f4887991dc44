#include "app/core/model_session.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

TEST_CASE("a context nobody chose is the model's own, as far as half of the free memory goes") {
    constexpr std::uint64_t kPerToken = 28 << 10;
    CHECK(automatic_context(32768, kPerToken, 64ULL << 30) == 32768);
    CHECK(automatic_context(32768, kPerToken, 1ULL << 30) == 18432);
    CHECK(automatic_context(32768, kPerToken, 0) == kLeastContext);
    CHECK(automatic_context(512, kPerToken, 0) == 512);
}

TEST_CASE("without a chosen context a model has room, within its own limit") {
    const auto starter = test::find_model(test::kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    SessionOptions options;
    options.context = 0;
    const auto session = ModelSession::load(*starter, options, {});
    REQUIRE(session);
    CHECK((*session)->context() >= kLeastContext);
    CHECK((*session)->context() <= (*session)->model().config().context_length);
}

TEST_CASE("a model is spoken to by the chat template that it is given") {
    const auto starter = test::find_model(test::kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    const test::TempDir folder;
    const auto load = [&](const std::string& jinja) {
        SessionOptions options;
        options.context = 1024;
        options.chat_template = folder / "template.jinja";
        std::ofstream(options.chat_template) << jinja;
        return ModelSession::load(*starter, options, {});
    };
    const auto chatml = load("<|im_start|>assistant\n<|im_end|>");
    REQUIRE(chatml);
    CHECK((*chatml)->chat_template().family() == ChatFamily::kChatMl);

    for (const char* jinja : {"", "{{ messages }}"}) {
        const auto unknown = load(jinja);
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().code == ErrorCode::kUnsupported);
        CHECK(unknown.error().message.find("template.jinja") == 0);
    }
    // The starter's vocabulary does not have its tokens.
    const auto foreign = load("<start_of_turn><end_of_turn>");
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().hint.find("<start_of_turn>") != std::string::npos);

    SessionOptions options;
    options.chat_template = folder / "absent.jinja";
    const auto absent = ModelSession::load(*starter, options, {});
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == ErrorCode::kNotFound);
    CHECK(absent.error().message.find("absent.jinja") != std::string::npos);
}
