// The window by the keyboard alone, and in the widths it can have.
#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("Tab leaves the question, which keeps no Tab for itself, and comes round to it") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    REQUIRE(shown.focused() == "questionInput");
    shown.press(Qt::Key_Tab);
    CHECK(shown.focused() == "libraryEntry");
    shown.press(Qt::Key_Tab);
    CHECK(shown.focused() == "modelsEntry");
    shown.press(Qt::Key_Tab);
    CHECK(shown.focused() == "settingsEntry");
    shown.press(Qt::Key_Tab);
    CHECK(shown.focused() == "questionInput");
    shown.press(Qt::Key_Backtab);
    CHECK(shown.focused() == "settingsEntry");
}

TEST_CASE("Tab reaches the markers of an answer one by one, and Enter opens their source") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.pieces = {"First.", " Second.", " Third."};
    WindowFixture shown(assistant);
    ask_and_wait(shown, assistant, "what?");
    REQUIRE(shown.tab_to("answerArea"));
    CHECK(shown.find("sourceTitle") == nullptr);
    shown.press(Qt::Key_Return);
    CHECK(shown.text_of("sourceTitle") == "manual.pdf");
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("sourceTitle") == nullptr);
    CHECK(shown.focused() == "answerArea");
    shown.press(Qt::Key_Tab);  // behind the last marker: the sources
    CHECK(shown.focused() == "sourceFold");
    shown.press(Qt::Key_Return);
    CHECK(shown.text_of("passageText") == "The text of passage 1.");
    shown.press(Qt::Key_Tab);
    CHECK(shown.focused() == "sourceShow");
    CHECK(shown.tab_to("copyButton"));
    shown.press(Qt::Key_Return);
    CHECK(shown.text_of("copyButton") == "Copied");
    CHECK(shown.tab_to("newChatButton"));
    shown.press(Qt::Key_Return);
    CHECK(shown.controller().conversation()->rowCount() == 0);
    CHECK(shown.focused() == "questionInput");
}

TEST_CASE("a narrow window shows progress and Stop, and the sidebar on F9") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.window().setWidth(600);
    REQUIRE(wait_until([&] { return shown.find("sidebarButton") != nullptr; }));
    CHECK(shown.find("libraryEntry") == nullptr);
    shown.drop_and_start(
        {QUrl::fromLocalFile("/nowhere/notes.txt"), QUrl::fromLocalFile("/nowhere/b.txt")});
    REQUIRE(wait_until([&] { return shown.text_of("progressText") == "0 of 2 files · 6 s left"; }));
    shown.grab("narrow");
    shown.press(Qt::Key_F9);
    CHECK(wait_until([&] { return shown.find("libraryEntry") != nullptr; }));
    CHECK(shown.text_of("entryDetail") == "0 %");
    shown.grab("narrow_sidebar");
    shown.press(Qt::Key_F9);
    REQUIRE(wait_until([&] { return shown.find("libraryEntry") == nullptr; }));
    shown.click("stopIndexingButton");
    REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }));
    CHECK(shown.find("resumeIndexingButton") != nullptr);
}

TEST_CASE(
    "a conversation stays where one scrolled to, and goes to its end with the next question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    for (const char* question : {"one?", "two?", "three?", "four?"})
        ask_and_wait(shown, assistant, question);
    const QQuickItem* chat = shown.find("conversation");
    REQUIRE(chat != nullptr);
    const auto at_end = [&] { return chat->property("nearEnd").toBool(); };
    REQUIRE(wait_until(at_end));
    REQUIRE(chat->property("contentY").toDouble() > 0);
    shown.press(Qt::Key_PageUp);
    CHECK_FALSE(at_end());
    CHECK_FALSE(chat->property("followsEnd").toBool());
    ask_and_wait(shown, assistant, "five?");
    CHECK(wait_until(at_end));
    shown.grab("turns");
}
