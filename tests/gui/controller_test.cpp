// What the controller does when things overlap or fail.
#include "app/gui/assistant_controller.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("a model is found while documents are being read") {
    start_application();
    FakeAssistant assistant;
    assistant.set_model({"", "", "No model is installed."});
    assistant.hold = true;
    AssistantController controller(assistant);
    controller.addPaths({QUrl::fromLocalFile("/nowhere/notes.txt")});
    REQUIRE(wait_until([&] { return controller.currentFile() == "notes.txt"; }));
    assistant.set_model({"fake model", "/nowhere/model", ""});
    controller.refresh();
    CHECK(wait_until([&] { return controller.modelName() == "fake model"; }));
    CHECK(controller.indexing());
}

TEST_CASE("an error of indexing goes when it succeeds") {
    start_application();
    FakeAssistant assistant;
    assistant.index_fails = true;
    AssistantController controller(assistant);
    controller.addPaths({QUrl::fromLocalFile("/nowhere/notes.txt")});
    REQUIRE(wait_until([&] { return !controller.indexing(); }));
    CHECK(controller.libraryError() == "The disk is full. Free some space.");
    assistant.index_fails = false;
    controller.resumeIndexing();
    REQUIRE(wait_until([&] { return !controller.indexing(); }));
    CHECK(controller.libraryError().isEmpty());
}

TEST_CASE("precomputing goes on when a question was left for a new chat") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.precompute_waits = true;
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return assistant.n_precomputed == 1; }));
    assistant.hold = true;
    REQUIRE(controller.ask("one?"));
    REQUIRE(wait_until([&] { return assistant.n_asked == 1; }));
    CHECK(assistant.n_precomputed == 1);
    controller.newChat();
    CHECK(wait_until([&] { return assistant.n_precomputed == 2; }));
}

TEST_CASE("behind an answer the conversation is repaired first, and goes on after a question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.repair_waits = true;
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return assistant.n_precomputed == 1; }));
    CHECK(assistant.n_repaired == 0);
    REQUIRE(controller.ask("one?"));
    REQUIRE(wait_until([&] { return assistant.n_repaired == 1; }));
    REQUIRE(controller.ask("two?"));
    REQUIRE(wait_until([&] { return assistant.n_repaired == 2; }));
    CHECK(assistant.n_asked == 2);
    assistant.repair_waits = false;
    CHECK(wait_until([&] { return !controller.busy(); }));
}

TEST_CASE("a document that is gone is not opened, which a notice says until it is dismissed") {
    start_application();
    FakeAssistant assistant;
    AssistantController controller(assistant);
    controller.openFile("/nowhere/manual.pdf");
    CHECK(controller.notice() ==
          "/nowhere/manual.pdf is no longer there. It was moved, renamed or deleted.");
    controller.dismissNotice();
    CHECK(controller.notice().isEmpty());
}

TEST_CASE("amounts are said in words that fit them, and per folder") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return controller.loaded(); }));
    CHECK(controller.libraryText().isEmpty());
    REQUIRE(controller.folders().size() == 1);
    CHECK(controller.folders().constFirst().toMap().value("name").toString() == "nowhere");
    CHECK(controller.folders().constFirst().toMap().value("detail").toString() ==
          "1 document · 3 passages");
}
