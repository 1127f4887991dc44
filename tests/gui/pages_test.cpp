// The pages beside the conversation, and the ways between them.
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("the library is shown by key and by its entry, and Esc goes back to the conversation") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    CHECK(shown.find("documentList") == nullptr);
    shown.press(Qt::Key_L, Qt::ControlModifier);
    REQUIRE(shown.find("documentList") != nullptr);
    CHECK(shown.find("questionInput") == nullptr);
    shown.grab("library_page");
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("documentList") == nullptr);
    CHECK(shown.focused() == "questionInput");
    shown.click("libraryEntry");
    CHECK(shown.find("documentList") != nullptr);
    shown.press(Qt::Key_N, Qt::ControlModifier);
    CHECK(shown.find("documentList") == nullptr);
}

TEST_CASE("the sidebar leads to the models and the settings") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    shown.click("modelsEntry");
    CHECK(shown.find("modelList") != nullptr);
    shown.click("settingsEntry");
    CHECK(shown.find("modelList") == nullptr);
    CHECK(shown.find("settingsSearch") != nullptr);
    shown.press(Qt::Key_Escape);
    CHECK(shown.focused() == "questionInput");
}

TEST_CASE("work that fails while nobody asks says what, why and what to do") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.precompute_fails = true;
    WindowFixture shown(assistant);
    CHECK(wait_until([&] {
        return shown.text_of("noticeBanner") ==
               "Passages could not be prepared ahead of questions. The disk is full. Free some "
               "space.";
    }));
}

TEST_CASE("Esc stops an answer first, then leaves the page") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.type("go?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    shown.press(Qt::Key_L, Qt::ControlModifier);
    shown.press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return !shown.controller().busy(); }));
    CHECK(shown.find("documentList") != nullptr);
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("documentList") == nullptr);
    CHECK(shown.answer().contains("They run"));
}

TEST_CASE("a page in a narrow window is reached through the sidebar behind F9") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    shown.window().setWidth(600);
    REQUIRE(wait_until([&] { return shown.find("sidebarButton") != nullptr; }));
    shown.press(Qt::Key_F9);
    REQUIRE(wait_until([&] { return shown.find("libraryEntry") != nullptr; }));
    REQUIRE(wait_until([&] { return shown.find("libraryEntry")->mapToScene({}).x() >= 0; }));
    shown.click("libraryEntry");
    CHECK(shown.find("documentList") != nullptr);
    CHECK(wait_until([&] { return shown.find("libraryEntry") == nullptr; }));
    CHECK(shown.find("sidebarButton") != nullptr);
    shown.press(Qt::Key_Escape);
    CHECK(shown.focused() == "questionInput");
}
