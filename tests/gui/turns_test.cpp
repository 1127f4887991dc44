// What can be done with a question and its answer, and what the composer does for it.
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct Asked {
    Asked() {
        start_application();
        assistant.set_documents(4);
        assistant.set_document_paths(
            {"/nowhere/notes/plan.txt", "/nowhere/notes/b/deep.md", "/nowhere/manual.pdf"});
        shown.emplace(assistant);
    }
    void wait(int n_asked) {
        REQUIRE(wait_until(
            [&] { return assistant.n_asked == n_asked && !shown->controller().busy(); }));
    }
    void ask(const char* question) {
        const int n = assistant.n_asked;
        shown->type(question);
        shown->press(Qt::Key_Return);
        wait(n + 1);
        QTest::qWait(60);  // its heights are settled
    }
    QString questions() {
        QString all;
        const ConversationModel& turns = *shown->controller().conversation();
        for (int row = 0; row < turns.rowCount(); ++row)
            all += turns.index(row).data(ConversationModel::QuestionRole).toString();
        return all;
    }
    std::size_t engine_turns() { return assistant.conversation().turns.size(); }

    FakeAssistant assistant;
    std::optional<WindowFixture> shown;
};

}  // namespace

TEST_CASE("up brings the last question back, which is asked in its own place, and undone") {
    Asked asked;
    for (const char* question : {"one?", "two?"}) asked.ask(question);
    CHECK(asked.engine_turns() == 2);
    asked.shown->press(Qt::Key_Up);
    CHECK(asked.shown->text_of("questionInput") == "two?");
    CHECK(asked.shown->text_of("composerHint").contains("Esc leaves it"));
    asked.shown->grab("editing");
    asked.shown->press(Qt::Key_Escape);
    CHECK(asked.shown->text_of("questionInput").isEmpty());
    CHECK(asked.questions() == "one?two?");

    asked.shown->press(Qt::Key_Up);
    asked.shown->type("!");
    asked.shown->press(Qt::Key_Return);
    asked.wait(3);
    CHECK(asked.questions() == "one?two?!");
    CHECK(asked.engine_turns() == 2);
    CHECK(asked.shown->text_of("takenBanner") == "The question was taken back.");
    asked.shown->grab("taken");
    asked.shown->click("bannerAction");
    CHECK(asked.questions() == "one?two?");
    CHECK(asked.shown->find("takenBanner") == nullptr);
    asked.shown->click("questionInput");
    asked.ask("three?");
    CHECK(asked.engine_turns() == 3);  // behind those that came back
    CHECK(asked.assistant.n_resumed == 1);
}

TEST_CASE("an earlier question is edited by its button, and those behind it are taken back") {
    Asked asked;
    for (const char* question : {"one?", "two?", "three?"}) asked.ask(question);
    asked.shown->type("half");
    for (int i = 0; i < 3; ++i) asked.shown->press(Qt::Key_PageUp);
    asked.shown->click("editButton");
    CHECK(asked.shown->text_of("questionInput") == "one?");
    asked.shown->type("!");
    asked.shown->press(Qt::Key_Return);
    asked.wait(4);
    CHECK(asked.questions() == "one?!");
    CHECK(asked.engine_turns() == 1);
    CHECK(asked.shown->text_of("questionInput") == "half");
    CHECK(asked.shown->text_of("takenBanner") == "3 questions were taken back.");
}

TEST_CASE("asking again says where it would change nothing, and asks where an answer was stopped") {
    Asked asked;
    asked.ask("one?");
    asked.shown->click("retryButton");
    CHECK(asked.shown->text_of("retryNote").contains("the temperature is 0"));
    CHECK(asked.assistant.n_asked == 1);
    asked.assistant.hold = true;
    asked.shown->click("questionInput");
    asked.shown->type("two?");
    asked.shown->press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return asked.assistant.n_asked == 2; }));
    asked.shown->press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return !asked.shown->controller().busy(); }));
    asked.assistant.hold = false;
    REQUIRE(asked.shown->controller().turns()->retry(1).isEmpty());
    asked.wait(3);
    CHECK(asked.questions() == "one?two?");
    CHECK(asked.assistant.asked_with().seed == 1);
}

TEST_CASE("the clipboard holds the answer as Markdown with its sources, as text, or the question") {
    Asked asked;
    asked.ask("one?");
    asked.shown->click("copyButton");
    const QString markdown = QGuiApplication::clipboard()->text();
    CHECK(markdown.startsWith("Checkpoints copy pages. \\[2\\] They run at 1000 pages."));
    CHECK(markdown.contains("**\\[2\\]** manual.pdf, page 7 (/nowhere/manual.pdf)"));
    asked.shown->click("copyPlainButton");
    CHECK(QGuiApplication::clipboard()->text() ==
          "Checkpoints copy pages. They run at 1000 pages.");
    asked.shown->click("copyQuestionButton");
    CHECK(QGuiApplication::clipboard()->text() == "one?");
}

TEST_CASE("a chat keeps what was asked in the place of an edited question") {
    Asked asked;
    for (const char* question : {"one?", "two?"}) asked.ask(question);
    asked.shown->controller().turns()->askAgain(0, "other?");
    asked.wait(3);
    asked.shown->controller().newChat();
    ChatsController& chats = *asked.shown->controller().chats();
    REQUIRE(wait_until([&] { return chats.list()->rowCount() > 0; }));
    for (int row = 0; row < chats.list()->rowCount(); ++row) chats.open(row);
    REQUIRE(wait_until([&] { return asked.shown->controller().conversation()->rowCount() > 0; }));
    CHECK(asked.questions() == "other?");
}

TEST_CASE("what left the context is said above the turns that are in it") {
    Asked asked;
    asked.ask("one?");
    asked.ask("two?");
    CHECK(asked.shown->find("contextNote") == nullptr);
    asked.assistant.first_with_passages = 1;
    asked.ask("three?");
    CHECK(asked.shown->text_of("contextNote").contains("only the words"));
    asked.assistant.first_turn = asked.assistant.first_with_passages = 2;
    asked.ask("four?");
    CHECK(asked.shown->text_of("contextNote") == "What stands above has left the model's context.");
    CHECK(asked.shown->find_all("contextNote").size() == 1);
    asked.shown->grab("context");
}

TEST_CASE("the composer grows to a third of the window, then scrolls") {
    Asked asked;
    const auto height = [&] { return asked.shown->find("composerFrame")->height(); };
    const qreal one_line = height();
    asked.shown->type("a");
    for (int i = 0; i < 3; ++i) asked.shown->press(Qt::Key_Return, Qt::ShiftModifier);
    CHECK(height() > one_line + 20);
    for (int i = 0; i < 30; ++i) asked.shown->press(Qt::Key_Return, Qt::ShiftModifier);
    CHECK(height() <= asked.shown->window().height() / 3.0 + 1);
    CHECK(height() > asked.shown->window().height() / 3.0 - 20);
    asked.shown->grab("tall");
}

TEST_CASE("@ narrows the question to a folder or a file by keys, and the chat remembers it") {
    Asked asked;
    asked.shown->type("@no");
    REQUIRE(wait_until([&] {
        return asked.shown->controller().scope()->choices().size() == 0 ||
               asked.shown->find("scopeChoice") != nullptr;
    }));
    asked.shown->press(Qt::Key_Backspace);
    asked.shown->press(Qt::Key_Backspace);
    REQUIRE(wait_until([&] { return asked.shown->controller().scope()->choices().size() == 6; }));
    asked.shown->type("no");
    REQUIRE(asked.shown->controller().scope()->choices().first().toMap().value("path") ==
            "/nowhere");
    asked.shown->grab("scope_list");
    asked.shown->press(Qt::Key_Down);
    asked.shown->press(Qt::Key_Return);
    CHECK(asked.shown->text_of("questionInput").isEmpty());
    CHECK(asked.shown->text_of("scopeChip") == "@notes");
    asked.shown->type("@man");
    asked.shown->press(Qt::Key_Return);
    CHECK(asked.shown->find_all("scopeChip").size() == 2);
    asked.shown->press(Qt::Key_Backspace);
    CHECK(asked.shown->find_all("scopeChip").size() == 1);
    asked.shown->grab("scope_chip");
    asked.ask("what?");
    CHECK(asked.assistant.asked_with().scope ==
          std::vector<std::filesystem::path>{"/nowhere/notes"});
    CHECK(asked.shown->text_of("questionScope") == "Only in notes");
    CHECK(asked.shown->text_of("scopeChip") == "@notes");
    asked.shown->controller().newChat();
    CHECK(asked.shown->find("scopeChip") == nullptr);
    ChatsController& chats = *asked.shown->controller().chats();
    REQUIRE(wait_until([&] { return chats.list()->rowCount() > 0; }));
    for (int row = 0; row < chats.list()->rowCount(); ++row) chats.open(row);
    REQUIRE(wait_until([&] { return asked.shown->text_of("scopeChip") == "@notes"; }));
    CHECK(asked.shown->text_of("questionScope") == "Only in notes");
}

TEST_CASE("what a follow-up was searched for stands with it") {
    Asked asked;
    asked.assistant.searched_for = "How large is the log?";
    asked.ask("and it?");
    CHECK(asked.shown->text_of("searchedFor") == "Searched for: How large is the log?");
    asked.shown->click("figuresText");
    CHECK(asked.shown->text_of("whySearchedFor").endsWith("How large is the log?"));
}
