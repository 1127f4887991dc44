// Drives the real window by keys, clicks and drops.
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("without documents the window asks for a folder, and a dropped one is indexed") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    CHECK(shown.text_of("startTitle") == "Drop a folder here");
    CHECK(shown.find("addFolderButton") != nullptr);
    CHECK_FALSE(shown.controller().canAsk());
    shown.grab("empty");
    for (const char* other : {"questionInput", "libraryEntry", "modelBanner", "openTitle"})
        CHECK(shown.find(other) == nullptr);
    CHECK(shown.focused() == "addFolderButton");
    auto* dialog = shown.window().findChild<QObject*>("folderDialog");
    REQUIRE(dialog != nullptr);
    shown.press(Qt::Key_O, Qt::ControlModifier);
    CHECK(dialog->property("visible").toBool());
    dialog->setProperty("visible", false);
    shown.click("addFolderButton");
    CHECK(dialog->property("visible").toBool());
    dialog->setProperty("visible", false);

    assistant.hold = true;
    shown.drop_and_start(
        {QUrl::fromLocalFile("/nowhere/notes.txt"), QUrl::fromLocalFile("/nowhere/broken.pdf")});
    CHECK(wait_until([&] { return shown.find("stopIndexingButton") != nullptr; }));
    CHECK(wait_until([&] { return shown.controller().library()->currentFile() == "notes.txt"; }));
    CHECK(shown.controller().library()->progressText() == "0 of 2 files · 6 s left");
    shown.grab("indexing");
    assistant.hold = false;
    REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }));
    CHECK(assistant.indexed().size() == 2);
    CHECK(shown.controller().hasDocuments());
    shown.press(Qt::Key_L, Qt::ControlModifier);
    REQUIRE(
        wait_until([&] { return shown.text_of("documentReason") == "broken.pdf is not a PDF."; }));
    shown.grab("indexed");
}

TEST_CASE("indexing can be stopped from the window and says so") {
    start_application();
    FakeAssistant assistant;
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.drop_and_start({QUrl::fromLocalFile("/nowhere/notes.txt")});
    REQUIRE(wait_until([&] { return shown.find("stopIndexingButton") != nullptr; }));
    shown.click("stopIndexingButton");
    REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }));
    CHECK(shown.controller().library()->indexingStopped());
    CHECK(assistant.indexed().empty());
}

TEST_CASE("a link that is no file is refused with a sentence") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    shown.drop({QUrl(QStringLiteral("https://example.org/a.pdf"))});
    CHECK(shown.text_of("noticeBanner").contains("example.org"));
    CHECK_FALSE(shown.controller().library()->indexing());
}

TEST_CASE("a typed question streams its answer, with sources that unfold and figures") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.type("what");
    shown.press(Qt::Key_Return, Qt::ShiftModifier);
    shown.type("now?");
    shown.press(Qt::Key_Return);
    CHECK(shown.text_of("questionInput").isEmpty());
    REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    CHECK_FALSE(shown.answer().contains("1000"));
    CHECK(shown.answer().startsWith("Checkpoints copy pages. [2]"));
    CHECK(shown.text_of("stageText").startsWith("Answering"));
    CHECK(shown.text_of("sendButton") == "Stop");
    CHECK(shown.find("sourceFold") != nullptr);
    shown.grab("busy");

    assistant.hold = false;
    REQUIRE(wait_until([&] { return !shown.controller().busy(); }));
    CHECK(shown.answer().endsWith("at 1000 pages."));
    CHECK(shown.text_of("figuresText") ==
          "First word after 0.9 s · 2 passages, 1 from the cache · 7 % recomputed");
    CHECK(shown.find("passageText") == nullptr);
    shown.click("sourceFold");
    CHECK(shown.text_of("passageText") == "The text of passage 1.");
    shown.grab("answered");
    const QVariant question = shown.controller().conversation()->data(
        shown.controller().conversation()->index(0), ConversationModel::QuestionRole);
    CHECK(question.toString() == "what\nnow?");
}

TEST_CASE("Esc stops an answer, and what came so far stays") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.type("go?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    shown.press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return !shown.controller().busy(); }));
    const auto* chat = shown.controller().conversation();
    CHECK(chat->data(chat->index(0), ConversationModel::StoppedRole).toBool());
    CHECK(shown.answer().contains("They run"));
    CHECK(shown.text_of("sendButton") == "Ask");
}

TEST_CASE("a failure says what and the way out, and gives the question back") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.fails = true;
    WindowFixture shown(assistant);
    shown.type("long?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.find("errorText") != nullptr; }));
    CHECK(shown.text_of("errorText") ==
          "The question is too long for this model. Ask a shorter one.");
    CHECK(shown.text_of("questionInput") == "long?");
    shown.grab("error");
}

TEST_CASE("an answer without passages says what to try") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    shown.type("nothing?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return assistant.n_asked == 1 && !shown.controller().busy(); }));
    const auto* chat = shown.controller().conversation();
    CHECK(chat->data(chat->index(0), ConversationModel::WithoutHitsRole).toBool());
    CHECK(shown.find("sourceFold") == nullptr);
    shown.grab("nohit");
}

TEST_CASE("without a model the window says how to get one and keeps the question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.set_model(
        {"", "", "No model is installed. Get one with scripts/fetch-models starter."});
    WindowFixture shown(assistant);
    CHECK(shown.text_of("modelBanner").startsWith("No model is installed."));
    shown.type("so?");
    shown.press(Qt::Key_Return);
    CHECK(assistant.n_asked == 0);
    CHECK(shown.text_of("questionInput") == "so?");
    shown.grab("nomodel");
}

TEST_CASE("Ctrl+N begins a new conversation, while an answer is coming, too") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.type("one?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    shown.press(Qt::Key_N, Qt::ControlModifier);
    CHECK(shown.controller().conversation()->rowCount() == 0);
    CHECK(wait_until([&] { return assistant.n_forgotten == 1; }));
    assistant.hold = false;
    shown.type("two?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return assistant.n_asked == 2 && !shown.controller().busy(); }));
    CHECK(shown.controller().conversation()->rowCount() == 1);
    CHECK(shown.answer().endsWith("at 1000 pages."));
}

TEST_CASE("closing while an answer and an indexing run waits for neither") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    const auto start = std::chrono::steady_clock::now();
    {
        WindowFixture shown(assistant);
        shown.type("one?");
        shown.press(Qt::Key_Return);
        shown.drop_and_start({QUrl::fromLocalFile("/nowhere/notes.txt")});
        REQUIRE(wait_until([&] { return assistant.n_asked == 1; }));
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}
