// The window once over the real assistant, with the starter model and a sample document.

#include "app/core/local_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("the window answers over a sample document with the starter model") {
    const auto model = find_model(kStarter);
    const auto embedder = find_model(kEmbedder);
    if (!model || !embedder) LECTERN_SKIP("the starter model or the embedder is not installed");
    start_application();
    const TempDir dir;
    AssistantOptions options;
    options.library = dir.path() / "library";
    options.model = model->string();
    options.embedder = embedder->string();
    options.executable = LECTERN_EXECUTABLE;
    auto assistant = LocalAssistant::open(options);
    REQUIRE(assistant);
    WindowFixture shown(**assistant);
    const std::string sample = std::string(LECTERN_SOURCE_DIR) + "/resources/samples/zlib-faq.txt";
    shown.drop({QUrl::fromLocalFile(QString::fromStdString(sample))});
    REQUIRE(wait_until([&] { return shown.controller().library()->indexing(); }));
    REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }, 120000));
    REQUIRE(wait_until([&] { return shown.controller().canAsk(); }));
    shown.type("Is zlib thread safe?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.controller().busy(); }));
    REQUIRE(wait_until([&] { return !shown.controller().busy(); }, 300000));
    CHECK(shown.find("errorText") == nullptr);
    CHECK_FALSE(shown.answer().isEmpty());
    CHECK(shown.find("sourceFold") != nullptr);
    CHECK(shown.text_of("figuresText").contains("passages"));
    shown.grab("starter");
    shown.window().setHeight(1600);
    shown.click("figuresText");
    REQUIRE(shown.find("whyAnswer") != nullptr);
    CHECK(shown.text_of("promptText").contains("Is zlib thread safe?"));
    CHECK(shown.find("tokenStrip") != nullptr);
    shown.grab("starter_why");
}
