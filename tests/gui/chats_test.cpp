// Chats that are kept: from one window to the next, in the sidebar, by keys.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

std::int64_t now_ms() { return QDateTime::currentMSecsSinceEpoch(); }

ChatHit hit(std::int64_t id, const std::string& title, std::int64_t used_ms) {
    return {{id, title, used_ms, used_ms}, 0, {}, 0, 0};
}

/// A file of so many chats, an hour apart, the latest now.
void fill(const std::filesystem::path& file, int n) {
    auto store = ChatStore::open(file);
    REQUIRE(store);
    for (int i = 0; i < n; ++i) {
        const std::int64_t when = now_ms() - (n - 1 - i) * kDayMs / 24;
        const auto chat = (*store)->add_chat("chat " + std::to_string(i), when);
        REQUIRE(chat);
        auto turn = (*store)->add_turn(*chat, "question number" + std::to_string(i), when);
        REQUIRE(turn);
        ChatTurn kept;
        kept.id = *turn;
        kept.answer = "The answer says apple" + std::to_string(i) + ".";
        REQUIRE((*store)->keep_ended(kept));
    }
}

QString title(WindowFixture& shown, int row) {
    const ChatListModel* list = shown.controller().chats()->list();
    return list->index(row).data(ChatListModel::TitleRole).toString();
}

int n_chats(WindowFixture& shown) { return shown.controller().chats()->list()->rowCount(); }

QString question(WindowFixture& shown, int row) {
    const ConversationModel* chat = shown.controller().conversation();
    return chat->index(row).data(ConversationModel::QuestionRole).toString();
}

}  // namespace

TEST_CASE("the list of chats keeps Qt's rules through adding, moving, searching and removing") {
    start_application();
    ChatListModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QDate today(2026, 5, 20);
    const auto at = [&](QDate day) { return day.startOfDay().addSecs(3600).toMSecsSinceEpoch(); };
    const auto titles = [&] {
        QString all;
        for (int row = 0; row < model.rowCount(); ++row)
            all += model.index(row).data(ChatListModel::TitleRole).toString();
        return all.toStdString();
    };
    const auto section = [&](int row) {
        return model.index(row).data(ChatListModel::SectionRole).toString();
    };
    model.show({hit(3, "c", at(today)), hit(2, "b", at(today.addDays(-1))),
                hit(1, "a", at(today.addDays(-6)))},
               today);
    CHECK(titles() == "cba");
    CHECK(section(0) == "Today");
    CHECK(section(1) == "Yesterday");
    CHECK(section(2) == "Last 7 days");
    model.show({hit(1, "a", at(today)), hit(4, "d", at(today)), hit(3, "c", at(today)),
                hit(2, "B", at(QDate(2026, 3, 1)))},
               today);
    CHECK(titles() == "adcB");
    CHECK(section(3) == "March 2026");
    model.show_open(3);
    CHECK(model.open_row() == 2);
    ChatHit found = hit(3, "c", at(today));
    found.excerpt = "a <b> match";
    found.match = 6;
    found.n_match = 5;
    model.show({found}, today);
    CHECK(model.index(0).data(ChatListModel::ExcerptRole).toString() == "a &lt;b&gt; <b>match</b>");
    CHECK(model.index(0).data(ChatListModel::OpenRole).toBool());
    model.show({found}, today.addDays(1));
    CHECK(section(0) == "Yesterday");
    CHECK(model.hit(1) == nullptr);
    model.show({}, today);
    CHECK(model.rowCount() == 0);
    CHECK(model.open_row() == -1);
}

TEST_CASE("the next window has the chat, its sources and what was half typed") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    {
        WindowFixture shown(assistant, dir / "chats.sqlite");
        ask_and_wait(shown, assistant, "what?");
        shown.type("half a ques");
    }
    const int n_forgotten = assistant.n_forgotten;
    assistant.forget_conversation();
    WindowFixture shown(assistant, dir / "chats.sqlite");
    REQUIRE(wait_until([&] { return shown.controller().conversation()->rowCount() == 1; }));
    CHECK(shown.answer().endsWith("at 1000 pages."));
    CHECK(shown.answer().contains("[2]"));
    CHECK(shown.find("answerArea")->property("text").toString().contains("copy pages"));
    shown.grab("chat_restored");
    CHECK(shown.text_of("figuresText").startsWith("First word after 0.9 s"));
    CHECK(shown.find("sourceFold") != nullptr);
    CHECK(shown.text_of("questionInput") == "half a ques");
    CHECK(shown.text_of("openTitle") == "what?");
    CHECK(assistant.n_resumed == 0);  // looking at a chat loads no model
    REQUIRE(wait_until([&] { return assistant.n_forgotten > n_forgotten + 1; }));
    ask_and_wait(shown, assistant, "tion?");
    CHECK(assistant.n_resumed == 1);
    CHECK(assistant.conversation().turns.size() == 2);
    ask_and_wait(shown, assistant, "again?");
    CHECK(assistant.n_resumed == 1);
    CHECK(shown.controller().conversation()->rowCount() == 3);
}

TEST_CASE("an answer that grows is on the disk within about a second") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    WindowFixture shown(assistant, dir / "chats.sqlite");
    shown.type("what?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    QTest::qWait(1300);
    const auto other = ChatStore::open(dir / "chats.sqlite");  // as after a kill
    REQUIRE(other);
    const auto chats = (*other)->list();
    REQUIRE(chats);
    REQUIRE(chats->size() == 1);
    const auto chat = (*other)->chat(chats->front().id);
    REQUIRE(chat);
    CHECK(chat->turns.at(0).answer == "Checkpoints copy pages. They run");
    CHECK(chat->turns.at(0).citations.size() == 2);
    CHECK(chat->turns.at(0).stopped);
}

TEST_CASE("an answer that is left for another chat is kept as stopped; so is one at closing") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.hold = true;
    {
        WindowFixture shown(assistant, dir / "chats.sqlite");
        shown.type("one?");
        shown.press(Qt::Key_Return);
        REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
        shown.press(Qt::Key_N, Qt::ControlModifier);
        shown.type("two?");
        shown.press(Qt::Key_Return);
        REQUIRE(wait_until([&] { return shown.answer().contains("They run"); }));
    }
    const auto store = ChatStore::open(dir / "chats.sqlite");
    REQUIRE(store);
    const auto chats = (*store)->list();
    REQUIRE(chats->size() == 2);
    for (const ChatSummary& summary : *chats) {
        const auto chat = (*store)->chat(summary.id);
        REQUIRE(chat->turns.size() == 1);
        CHECK(chat->turns[0].answer == "Checkpoints copy pages. They run");
        CHECK(chat->turns[0].stopped);
    }
}

TEST_CASE("a new chat takes along what is typed; each chat has its own half question") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    ask_and_wait(shown, assistant, "one?");
    shown.type("moved");
    shown.press(Qt::Key_N, Qt::ControlModifier);
    CHECK(shown.text_of("questionInput") == "moved");
    REQUIRE(wait_until([&] { return n_chats(shown) == 1; }));
    shown.controller().chats()->open(0);
    REQUIRE(wait_until([&] { return shown.controller().conversation()->rowCount() == 1; }));
    CHECK(shown.text_of("questionInput").isEmpty());
    shown.press(Qt::Key_N, Qt::ControlModifier);
    CHECK(wait_until([&] { return shown.text_of("questionInput") == "moved"; }));
}

TEST_CASE("chats that cannot be kept are said to be so, and the window works") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant, dir.path());  // a folder is no file
    CHECK(wait_until([&] {
        return shown.text_of("noticeBanner").startsWith("Chats are not kept when the window");
    }));
    ask_and_wait(shown, assistant, "one?");
    CHECK(wait_until([&] { return n_chats(shown) == 1; }));
}

TEST_CASE("the sidebar by keys: find, open, rename, delete and undo") {
    start_application();
    const TempDir dir;
    fill(dir / "chats.sqlite", 60);
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant, dir / "chats.sqlite");
    REQUIRE(wait_until([&] { return n_chats(shown) == 60; }));
    REQUIRE(wait_until([&] { return shown.find("chatList") != nullptr; }));
    shown.grab("chats");

    shown.press(Qt::Key_F, Qt::ControlModifier);
    CHECK(shown.focused() == "chatSearch");
    shown.type("apple1");
    REQUIRE(wait_until([&] { return n_chats(shown) == 11; }));  // 1, 10 … 19
    CHECK(wait_until([&] { return shown.text_of("chatExcerpt").contains("<b>apple1"); }));
    shown.grab("chats_found");
    shown.type("7");
    REQUIRE(wait_until([&] { return n_chats(shown) == 1; }));
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return question(shown, 0) == "question number17"; }));
    CHECK(shown.focused() == "questionInput");
    shown.press(Qt::Key_F, Qt::ControlModifier);
    shown.type("nowhere");
    CHECK(wait_until([&] { return shown.find("noChatFound") != nullptr; }));
    shown.press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return n_chats(shown) == 60; }));

    shown.press(Qt::Key_Down);
    REQUIRE(shown.focused() == "chatItem");
    QQuickItem* list = shown.find("chatList");
    list->setProperty("currentIndex", 0);
    shown.press(Qt::Key_Down);
    shown.press(Qt::Key_F2);
    REQUIRE(wait_until([&] { return shown.focused() == "chatTitleField"; }));
    shown.type("renamed");
    shown.grab("chats_rename");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return title(shown, 1) == "renamed"; }));
    CHECK(shown.focused() == "chatItem");
    shown.press(Qt::Key_F2);
    shown.type("not taken");
    shown.press(Qt::Key_Escape);
    CHECK(shown.focused() == "chatItem");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return question(shown, 0) == "question number58"; }));
    CHECK(shown.text_of("openTitle") == "renamed");

    shown.press(Qt::Key_F, Qt::ControlModifier);
    shown.press(Qt::Key_Down);
    REQUIRE(list->property("currentIndex").toInt() == 1);
    shown.press(Qt::Key_Delete);
    REQUIRE(wait_until([&] { return n_chats(shown) == 59; }));
    CHECK(shown.controller().conversation()->rowCount() == 0);
    CHECK(shown.text_of("removedBanner") == "The chat “renamed” was deleted.");
    shown.grab("chats_removed");
    shown.controller().chats()->undoRemove();
    REQUIRE(wait_until([&] { return n_chats(shown) == 60; }));
    CHECK(wait_until([&] { return question(shown, 0) == "question number58"; }));
    CHECK(shown.find("removedBanner") == nullptr);
}

TEST_CASE("a sidebar of 500 chats is there at once and makes only what can be seen") {
    start_application();
    const TempDir dir;
    fill(dir / "chats.sqlite", 500);
    FakeAssistant assistant;
    assistant.set_documents(4);
    QElapsedTimer clock;
    clock.start();
    WindowFixture shown(assistant, dir / "chats.sqlite");
    REQUIRE(wait_until([&] { return n_chats(shown) == 500; }));
    REQUIRE(wait_until([&] { return shown.find("chatList") != nullptr; }));
    CHECK(clock.elapsed() < 5000);  // a window without chats takes most of a second here
    const QQuickItem* list = shown.find("chatList");
    const auto* content = list->property("contentItem").value<QQuickItem*>();
    REQUIRE(content != nullptr);
    CHECK(content->childItems().size() < 100);
    clock.restart();
    shown.press(Qt::Key_F, Qt::ControlModifier);
    shown.type("apple");
    REQUIRE(wait_until([&] {
        const ChatListModel* chats = shown.controller().chats()->list();
        return !chats->index(499).data(ChatListModel::ExcerptRole).toString().isEmpty() ||
               chats->rowCount() == 200;
    }));
    CHECK(clock.elapsed() < 2000);
}

TEST_CASE("in a narrow window Ctrl+F opens the sidebar and finds chats") {
    start_application();
    const TempDir dir;
    fill(dir / "chats.sqlite", 3);
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant, dir / "chats.sqlite");
    shown.window().setWidth(600);
    REQUIRE(wait_until([&] { return n_chats(shown) == 3; }));
    REQUIRE(wait_until([&] { return shown.find("sidebarButton") != nullptr; }));
    shown.press(Qt::Key_F, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.focused() == "chatSearch"; }));
    shown.type("apple1");
    REQUIRE(wait_until([&] { return n_chats(shown) == 1; }));
    shown.press(Qt::Key_Return);
    CHECK(wait_until([&] { return question(shown, 0) == "question number1"; }));
    CHECK(wait_until([&] { return shown.focused() == "questionInput"; }));
}

TEST_CASE("the shown chat is exported by the suffix of the file, under a name from its title") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    ask_and_wait(shown, assistant, "what/now?");
    ChatsController& chats = *shown.controller().chats();
    REQUIRE(wait_until([&] { return chats.list()->open_row() == 0; }));
    CHECK(chats.exportName("md") == "whatnow.md");
    const auto written = [&](const char* name) {
        const QString path = QString::fromStdString((dir / name).string());
        chats.exportOpen(QUrl::fromLocalFile(path));
        QByteArray bytes;
        wait_until([&] {
            QFile file(path);
            if (file.open(QIODevice::ReadOnly)) bytes = file.readAll();
            return bytes.size() > 100 && (!path.endsWith("pdf") || bytes.contains("%%EOF"));
        });
        return bytes;
    };
    CHECK(written("a.md").contains("Checkpoints copy pages. \\[2\\]"));
    CHECK(written("a.html").contains("<a href=\"#source-0-2\">[2]</a>"));
    CHECK(written("a.pdf").startsWith("%PDF-"));
    chats.exportOpen(QUrl::fromLocalFile("/nowhere/at/all.pdf"));
    CHECK(wait_until([&] { return shown.controller().notice().contains("/nowhere/at/all.pdf"); }));
}
