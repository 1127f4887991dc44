// Chats: what is kept is there again, after a kill, too; what is not ours is left alone.
#include "app/core/chat_store.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/core/chat_database.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using lectern::test::ok;
using lectern::test::value;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

void run_sql(const fs::path& file, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

ChatTurn answered(std::int64_t id, const std::string& answer) {
    ChatTurn turn;
    turn.id = id;
    turn.answer = answer;
    Citation citation;
    citation.number = 2;
    citation.chunk_id = 77;
    citation.path = "/docs/manual.pdf";
    citation.title = "The manual";
    citation.heading_path = "One › Two";
    citation.page = 7;
    citation.text = "Pages are copied \"back\".";
    citation.score = 0.5;
    citation.sources = {{7, 10, 20}};
    citation.from_earlier = true;
    turn.citations = {citation};
    turn.sentences = {{answer.size(), {2}, {{0, 5}}}};
    turn.figures = "First word after 0.9 s";
    return turn;
}

/// Adds a chat of one ended turn; returns its id.
std::int64_t add(ChatStore& store, const std::string& question, const std::string& answer,
                 std::int64_t now_ms) {
    const auto chat = value(store.add_chat(chat_title(question), now_ms));
    const auto turn = value(store.add_turn(chat, question, now_ms));
    ok(store.keep_ended(answered(turn, answer)));
    return chat;
}

std::vector<std::int64_t> found(const ChatStore& store, const std::string& text) {
    std::vector<std::int64_t> ids;
    for (const ChatHit& hit : value(store.search(text))) ids.push_back(hit.chat.id);
    return ids;
}

std::string marked(const ChatHit& hit) { return hit.excerpt.substr(hit.match, hit.n_match); }

}  // namespace

TEST_CASE("a chat is there again with its answer, sources and the engine's part") {
    const test::TempDir dir;
    std::int64_t chat = 0;
    {
        const auto store = value(ChatStore::open(dir.path() / "new" / "chats.sqlite"));
        chat = add(*store, "When are pages copied?", "At 1000 pages.", 5);
        ok(store->keep_conversation(chat, {"abcd", {{"q", "a", {1, 2}, {77}}}}));
    }
    const auto store = value(ChatStore::open(dir.path() / "new" / "chats.sqlite"));
    const auto chats = value(store->list());
    CHECK(chats == std::vector<ChatSummary>{{chat, "When are pages copied?", 5, 5}});
    const Chat again = value(store->chat(chat));
    REQUIRE(again.turns.size() == 1);
    const ChatTurn& turn = again.turns[0];
    CHECK(turn.question == "When are pages copied?");
    CHECK(turn.answer == "At 1000 pages.");
    CHECK(turn.figures == "First word after 0.9 s");
    CHECK_FALSE(turn.stopped);
    REQUIRE(turn.citations.size() == 1);
    const Citation& citation = turn.citations[0];
    CHECK(citation.number == 2);
    CHECK(citation.chunk_id == 77);
    CHECK(citation.path == "/docs/manual.pdf");
    CHECK(citation.heading_path == "One › Two");
    CHECK(citation.page == 7);
    CHECK(citation.text == "Pages are copied \"back\".");
    CHECK(citation.sources == std::vector<SourceSpan>{{7, 10, 20}});
    CHECK(citation.from_earlier);
    REQUIRE(turn.sentences.size() == 1);
    CHECK(turn.sentences[0].numbers == std::vector<int>{2});
    CHECK(turn.sentences[0].sentences == std::vector<CitedText>{{0, 5}});
    CHECK(again.conversation.model == "abcd");
    REQUIRE(again.conversation.turns.size() == 1);
    CHECK(again.conversation.turns[0].chunk_ids == std::vector<std::int64_t>{77});
}

TEST_CASE("a process that is killed while an answer grows loses only what was not kept yet") {
    const test::TempDir dir;
    const pid_t child = fork();
    if (child == 0) {
        auto store = ChatStore::open(dir / "chats.sqlite");
        if (!store) _exit(1);
        const auto chat = (*store)->add_chat("title", 1);
        const auto turn = (*store)->add_turn(*chat, "question?", 1);
        for (const char* answer : {"Check", "Checkpoints copy"})
            if (!(*store)->keep_growing(answered(*turn, answer))) _exit(1);
        if (!(*store)->keep_draft(*chat, "half a ques")) _exit(1);
        ::kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const auto store = value(ChatStore::open(dir / "chats.sqlite"));
    const auto chats = value(store->list());
    REQUIRE(chats.size() == 1);
    const Chat chat = value(store->chat(chats[0].id));
    REQUIRE(chat.turns.size() == 1);
    CHECK(chat.turns[0].answer == "Checkpoints copy");
    CHECK(chat.turns[0].citations.size() == 1);
    CHECK(chat.turns[0].stopped);
    CHECK(value(store->draft(chats[0].id)) == "half a ques");
    CHECK(found(*store, "checkpoints") == std::vector<std::int64_t>{chats[0].id});
}

TEST_CASE("what was written and not closed is there for the next one to open") {
    const test::TempDir dir;
    const auto first = value(ChatStore::open(dir / "chats.sqlite"));
    const auto chat = value(first->add_chat("title", 1));
    const auto turn = value(first->add_turn(chat, "question?", 1));
    ok(first->keep_growing(answered(turn, "Half an ans")));
    ok(first->keep_draft(0, "of a new chat"));
    ok(first->keep_last_shown(chat));
    const auto second = value(ChatStore::open(dir / "chats.sqlite"));
    CHECK(value(second->chat(chat)).turns[0].answer == "Half an ans");
    CHECK(value(second->draft(0)) == "of a new chat");
    CHECK(value(second->last_shown()) == chat);
    ok(second->keep_draft(0, ""));
    CHECK(value(second->draft(0)).empty());
    ok(first->keep_ended(answered(turn, "Half an answer.")));
    CHECK_FALSE(value(second->chat(chat)).turns[0].stopped);
}

TEST_CASE("the chat used last comes first; a removed one is hidden, restored, and gone later") {
    const test::TempDir dir;
    std::int64_t a = 0, b = 0;
    {
        const auto store = value(ChatStore::open(dir / "chats.sqlite"));
        a = add(*store, "alpha", "one", 1);
        b = add(*store, "beta", "two", 2);
        CHECK(value(store->list())[0].id == b);
        value(store->add_turn(a, "again?", 3));
        CHECK(value(store->list())[0].id == a);
        ok(store->rename(a, "A better name"));
        CHECK(value(store->list())[0].title == "A better name");
        ok(store->remove(a));
        CHECK(value(store->list()).size() == 1);
        CHECK(found(*store, "alpha").empty());
        CHECK(store->chat(a).error().code == ErrorCode::kNotFound);
        ok(store->restore(a));
        CHECK(value(store->list()).size() == 2);
        CHECK(value(store->chat(a)).turns.size() == 2);
        ok(store->keep_draft(b, "something private"));
        ok(store->remove(b));
    }
    const auto store = value(ChatStore::open(dir / "chats.sqlite"));
    CHECK(value(store->list()).size() == 1);
    CHECK(store->restore(b).error().code == ErrorCode::kNotFound);
    CHECK(value(store->draft(b)).empty());
    CHECK(store->rename(b, "x").error().code == ErrorCode::kNotFound);
    CHECK(store->add_turn(b, "x", 9).error().code == ErrorCode::kNotFound);
}

TEST_CASE("turns that are taken back are hidden, restored in place of newer ones, and gone later") {
    const test::TempDir dir;
    auto store = value(ChatStore::open(dir.path() / "chats.db"));
    const auto chat = add(*store, "One?", "Amber.", 1);
    const auto ask = [&](const char* question, const char* answer) {
        ok(store->keep_ended(answered(value(store->add_turn(chat, question, 2)), answer)));
    };
    const auto questions = [&] {
        std::string all;
        for (const ChatTurn& turn : value(store->chat(chat)).turns) all += turn.question;
        return all;
    };
    ask("Two?", "Basalt.");
    ask("Three?", "Cobalt.");
    ok(store->take_back(chat, 1));
    CHECK(questions() == "One?");
    CHECK(found(*store, "basalt").empty());
    ask("Other?", "Dolomite.");
    CHECK(questions() == "One?Other?");
    ok(store->restore_taken(chat));
    CHECK(questions() == "One?Two?Three?");
    CHECK(found(*store, "dolomite").empty());
    CHECK(found(*store, "basalt").size() == 1);
    ok(store->take_back(chat, 2));
    ok(store->take_back(chat, 1));
    ok(store->restore_taken(chat));
    CHECK(questions() == "One?Two?");
    ok(store->take_back(chat, 1));
    store.reset();
    store = value(ChatStore::open(dir.path() / "chats.db"));
    ok(store->restore_taken(chat));
    CHECK(questions() == "One?");
}

TEST_CASE("chats of the first version are brought up to date and lose nothing") {
    const test::TempDir dir;
    const fs::path file = dir / "chats.sqlite";
    std::int64_t id = 0;
    {
        auto store = value(ChatStore::open(file));
        id = add(*store, "When does the lease end?", "In May.", 1000);
    }
    // As the first version left it: without what the second one added.
    value(open_chat_database(file, 1000))
        ->exec("ALTER TABLE turns DROP COLUMN taken_back; PRAGMA user_version = 1");
    auto store = value(ChatStore::open(file));
    const Chat chat = value(store->chat(id));
    REQUIRE(chat.turns.size() == 1);
    CHECK(chat.turns[0].question == "When does the lease end?");
    CHECK(chat.turns[0].answer == "In May.");
    CHECK(found(*store, "lease") == std::vector<std::int64_t>{id});
}

TEST_CASE("chats are found by title, question and answer, in any script and by short words") {
    const auto store = value(ChatStore::open({}));
    const auto wal = add(*store, "When does the WAL grow?", "Until a checkpoint copies it.", 1);
    const auto german = add(*store, "Wie heißt die Straße?", "Müllerstraße.", 2);
    const auto chinese = add(*store, "什么是数据库?", "它保存数据。", 3);
    CHECK(found(*store, "checkpoint") == std::vector{wal});
    CHECK(found(*store, "che") == std::vector{wal});
    CHECK(found(*store, "wal until") == std::vector{wal});
    CHECK(found(*store, "muller strasse") == std::vector{german});
    CHECK(found(*store, "数") == std::vector{chinese});
    CHECK(found(*store, "数据") == std::vector{chinese});
    CHECK(found(*store, "数据库") == std::vector{chinese});
    CHECK(found(*store, "w") == std::vector{german, wal});
    CHECK(found(*store, "checkpoint absent").empty());
    CHECK(found(*store, "  \"*( NEAR").empty());
    CHECK(found(*store, "").empty());
    ok(store->rename(wal, "Journals"));
    const auto by_title = value(store->search("journ"));
    REQUIRE(by_title.size() == 1);
    CHECK(by_title[0].turn == 0);
    CHECK(by_title[0].excerpt.empty());
}

TEST_CASE("a hit shows the place that matches, cut at words and between characters") {
    const auto store = value(ChatStore::open({}));
    const std::string before(200, 'x'), behind(200, 'y');
    add(*store, "first?", before + " and so\nthe Checkpoint ran " + behind, 1);
    const auto hits = value(store->search("checkp"));
    REQUIRE(hits.size() == 1);
    CHECK(marked(hits[0]) == "Checkpoint");
    CHECK(hits[0].excerpt.substr(0, 13) == "…and so the");
    CHECK(hits[0].excerpt.ends_with("yy…"));
    add(*store, "数据库是什么东西", "没有", 2);
    CHECK(marked(value(store->search("数据"))[0]) == "数据");
    CHECK(marked(value(store->search("东"))[0]) == "东");
}

TEST_CASE("a title is the question on one line, shortened at a word") {
    CHECK(chat_title("  What\n\n is   this? ") == "What is this?");
    const std::string sixty(60, 'a');
    CHECK(chat_title(sixty) == sixty);
    CHECK(chat_title(sixty + "b") == sixty + "…");
    CHECK(chat_title("The quick brown fox jumps over the lazy dog and then it sleeps well") ==
          "The quick brown fox jumps over the lazy dog and then it…");
    std::string chinese;
    for (int i = 0; i < 70; ++i) chinese += "数";
    CHECK(chat_title(chinese) == chinese.substr(0, 180) + "…");
    CHECK(chat_title(" \n").empty());
}

TEST_CASE("a file that is damaged, foreign or newer is named and left as it is") {
    const test::TempDir dir;
    const fs::path file = dir / "chats.sqlite";
    const auto refused = [&](ErrorCode code, const char* says) {
        const std::string before = bytes_of(file);
        const auto opened = ChatStore::open(file);
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == code);
        CHECK(opened.error().message.find(file.string()) != std::string::npos);
        CHECK(opened.error().text().find(says) != std::string::npos);
        CHECK(bytes_of(file) == before);
    };
    SECTION("no database") {
        std::ofstream(file) << std::string(5000, 'x');
        refused(ErrorCode::kCorrupt, "damaged");
    }
    SECTION("another application's") {
        run_sql(file, "CREATE TABLE notes(text)");
        refused(ErrorCode::kCorrupt, "does not hold chats");
    }
    SECTION("a newer version's") {
        value(ChatStore::open(file));
        run_sql(file, "PRAGMA user_version = 99");
        refused(ErrorCode::kUnsupported, "newer version");
    }
    SECTION("a torn page") {
        {
            const auto store = value(ChatStore::open(file));
            for (int i = 0; i < 50; ++i) add(*store, "question", std::string(2000, 'a'), i);
        }
        std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(3 * 4096);
        out << std::string(40000, '\xEE');
        out.close();
        refused(ErrorCode::kCorrupt, "damaged");
    }
}

TEST_CASE("a folder that cannot be made is said") {
    const test::TempDir dir;
    std::ofstream(dir / "file") << "x";
    const auto opened = ChatStore::open(dir.path() / "file" / "chats.sqlite");
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::kIo);
}
