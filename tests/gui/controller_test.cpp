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
    emit controller.library()->preview()->started({"/nowhere/notes.txt"});
    REQUIRE(wait_until([&] { return controller.library()->currentFile() == "notes.txt"; }));
    assistant.set_model({"fake model", "/nowhere/model", ""});
    controller.refresh();
    CHECK(wait_until([&] { return controller.modelName() == "fake model"; }));
    CHECK(controller.library()->indexing());
}

TEST_CASE("an error of indexing goes when it succeeds") {
    start_application();
    FakeAssistant assistant;
    assistant.index_fails = true;
    AssistantController controller(assistant);
    emit controller.library()->preview()->started({"/nowhere/notes.txt"});
    REQUIRE(wait_until([&] { return !controller.library()->indexing(); }));
    CHECK(controller.library()->error() == "The disk is full. Free some space.");
    assistant.index_fails = false;
    controller.library()->resumeIndexing();
    REQUIRE(wait_until([&] { return !controller.library()->indexing(); }));
    CHECK(controller.library()->error().isEmpty());
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

TEST_CASE("the model is measured before passages are precomputed, and goes on after a question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.calibrate_waits = true;
    assistant.precompute_waits = true;
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return assistant.n_calibrated == 1; }));
    CHECK(assistant.n_precomputed == 0);
    REQUIRE(controller.ask("one?"));
    REQUIRE(wait_until([&] { return assistant.n_calibrated == 2; }));
    CHECK(assistant.n_asked == 1);
    assistant.calibrate_waits = false;
    CHECK(wait_until([&] { return assistant.n_precomputed == 2; }));  // 1: behind what was stopped
    CHECK(controller.notice().isEmpty());
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

TEST_CASE("amounts are said in words that fit them") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return controller.library()->loaded(); }));
    CHECK(controller.library()->amounts() == "1 document · 3 passages");
}

TEST_CASE("files that change are read again, those that change meanwhile afterwards") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return assistant.n_indexed == 1 && assistant.page.watched(); }));
    REQUIRE(wait_until([&] { return !controller.library()->indexing(); }));
    assistant.page.change();
    REQUIRE(wait_until([&] { return assistant.n_indexed == 2; }));
    REQUIRE(wait_until([&] { return !controller.library()->indexing(); }));
    assistant.hold = true;
    emit controller.library()->preview()->started({"/nowhere/notes.txt"});
    REQUIRE(wait_until([&] { return controller.library()->currentFile() == "notes.txt"; }));
    assistant.page.change();
    QCoreApplication::processEvents();
    assistant.hold = false;
    CHECK(wait_until([&] { return assistant.n_indexed == 4; }));
}

TEST_CASE("reading that was stopped by a person is not taken up because files change") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return assistant.page.watched(); }));
    assistant.hold = true;
    emit controller.library()->preview()->started({"/nowhere/notes.txt"});
    REQUIRE(wait_until([&] { return controller.library()->currentFile() == "notes.txt"; }));
    controller.library()->stopIndexing();
    REQUIRE(wait_until([&] { return controller.library()->indexingStopped(); }));
    const int before = assistant.n_indexed;
    assistant.page.change();
    CHECK_FALSE(wait_until([&] { return assistant.n_indexed > before; }, 300));
    controller.library()->giveUp();
    CHECK(wait_until([&] { return !controller.library()->indexingStopped(); }));
    CHECK(assistant.page.decided() == std::vector<std::string>{"take back"});
}

TEST_CASE("passages are read ahead once the typing pauses, and not for every letter") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return controller.canAsk(); }));
    for (const char* typed : {"w", "wh", "when", "when ", "when does"}) controller.prefetch(typed);
    REQUIRE(wait_until([&] { return !assistant.prefetched().empty(); }));
    CHECK(assistant.prefetched() == std::vector<std::string>{"when does"});
    controller.prefetch("  ");
    CHECK_FALSE(wait_until([&] { return assistant.prefetched().size() > 1; }, 600));
}

TEST_CASE("what is typed in the window is read ahead") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    shown.type("when does wal");
    CHECK(wait_until([&] {
        const auto prefetched = assistant.prefetched();
        return !prefetched.empty() && prefetched.back() == "when does wal";
    }));
}

TEST_CASE("reading ahead is stopped by the next letters and by the question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.prefetch_waits = true;
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return controller.canAsk(); }));
    controller.prefetch("when");
    REQUIRE(wait_until([&] { return assistant.prefetched().size() == 1; }));
    controller.prefetch("when does");
    REQUIRE(wait_until([&] { return assistant.prefetched().size() == 2; }));
    CHECK(assistant.n_prefetch_stopped == 1);
    REQUIRE(controller.ask("when does it end?"));
    CHECK(wait_until([&] { return assistant.n_prefetch_stopped == 2; }));
    REQUIRE(wait_until([&] { return !controller.busy(); }));
    controller.prefetch("and");
    REQUIRE(controller.ask("and then?"));  // before the pause: nothing is read ahead any more
    REQUIRE(wait_until([&] { return !controller.busy(); }));
    REQUIRE_FALSE(wait_until([&] { return assistant.prefetched().size() > 2; }, 600));
}

TEST_CASE("the library's policy decides when passages are prepared") {
    start_application();
    for (const KvPolicy policy : {KvPolicy::kAll, KvPolicy::kIdle, KvPolicy::kLazy}) {
        FakeAssistant assistant;
        assistant.set_documents(4);
        assistant.set_policy(policy);
        AssistantController controller(assistant);
        REQUIRE(wait_until(
            [&] { return controller.library()->loaded() && !controller.library()->indexing(); }));
        CHECK(assistant.indexed_with == policy);
        const bool ahead = policy != KvPolicy::kLazy;
        CHECK(wait_until([&] { return assistant.n_precomputed > 0; }, ahead ? 5000 : 300) == ahead);
    }
}
