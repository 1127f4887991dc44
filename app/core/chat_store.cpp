#include "app/core/chat_store.h"

#include <utility>

#include "app/core/chat_database.h"

namespace lectern {
namespace {

constexpr int kBusyTimeoutMs = 5000;

tl::unexpected<Error> gone(const char* what) {
    return fail(ErrorCode::kNotFound, std::string("This ") + what + " is no longer there.",
                "It was deleted.");
}

ChatSummary read_summary(SQLite::Statement& row) {
    return {row.getColumn(0).getInt64(), row.getColumn(1).getString(), row.getColumn(2).getInt64(),
            row.getColumn(3).getInt64()};
}

Result<ChatTurn> read_turn(SQLite::Statement& row) {
    ChatTurn turn;
    turn.id = row.getColumn(0).getInt64();
    turn.question = row.getColumn(1).getString();
    turn.answer = row.getColumn(2).getString();
    turn.figures = row.getColumn(4).getString();
    turn.error = row.getColumn(5).getString();
    turn.stopped = row.getColumn(6).getInt() != 0;
    if (const std::string sources = row.getColumn(3).getString(); !sources.empty())
        LECTERN_TRY(read_turn_sources(sources, turn));
    return turn;
}

/// Runs a statement that changes one row; false: there is none.
template <class... Values>
bool change_one(SQLite::Database& db, const char* sql, const Values&... values) {
    SQLite::Statement statement(db, sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    return statement.exec() > 0;
}

}  // namespace

ChatStore::ChatStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> db)
    : file_(std::move(file)), db_(std::move(db)) {}

ChatStore::~ChatStore() = default;

Result<std::unique_ptr<ChatStore>> ChatStore::open(const std::filesystem::path& file) {
    LECTERN_ASSIGN(auto db, open_chat_database(file, kBusyTimeoutMs));
    std::unique_ptr<ChatStore> store(new ChatStore(file, std::move(db)));
    LECTERN_TRY(store->tidy());
    return store;
}

Status ChatStore::tidy() {
    return guarded_chats(file_, [&]() -> Status {
        SQLite::Transaction transaction(*db_, SQLite::TransactionBehavior::IMMEDIATE);
        db_->exec("UPDATE turns SET stopped = 1, ended = 1 WHERE ended = 0");
        db_->exec("DELETE FROM chats WHERE removed = 1");
        db_->exec("DELETE FROM turns WHERE taken_back = 1");
        transaction.commit();
        return {};
    });
}

Result<std::vector<ChatSummary>> ChatStore::list() const {
    return guarded_chats(file_, [&]() -> Result<std::vector<ChatSummary>> {
        std::vector<ChatSummary> chats;
        SQLite::Statement query(*db_,
                                "SELECT id, title, created, used FROM chats WHERE removed = 0 "
                                "ORDER BY used DESC, id DESC");
        while (query.executeStep()) chats.push_back(read_summary(query));
        return chats;
    });
}

Result<Chat> ChatStore::chat(std::int64_t id) const {
    return guarded_chats(file_, [&]() -> Result<Chat> {
        Chat chat;
        SQLite::Statement query(*db_,
                                "SELECT id, title, created, used, conversation FROM chats "
                                "WHERE id = ?1 AND removed = 0");
        query.bind(1, id);
        if (!query.executeStep()) return gone("chat");
        chat.summary = read_summary(query);
        // Without the engine's state the chat can still be read; its next question starts anew.
        if (auto saved = conversation_of(query.getColumn(4).getString()))
            chat.conversation = std::move(*saved);
        SQLite::Statement turns(*db_,
                                "SELECT id, question, answer, sources, figures, error, stopped "
                                "FROM turns WHERE chat = ?1 AND taken_back = 0 ORDER BY id");
        turns.bind(1, id);
        while (turns.executeStep()) {
            LECTERN_ASSIGN(ChatTurn turn, read_turn(turns));
            chat.turns.push_back(std::move(turn));
        }
        return chat;
    });
}

Result<std::int64_t> ChatStore::add_chat(const std::string& title, std::int64_t now_ms) {
    return guarded_chats(file_, [&]() -> Result<std::int64_t> {
        change_one(*db_, "INSERT INTO chats(title, created, used) VALUES (?1, ?2, ?2)", title,
                   now_ms);
        return db_->getLastInsertRowid();
    });
}

Status ChatStore::rename(std::int64_t id, const std::string& title) {
    return guarded_chats(file_, [&]() -> Status {
        if (!change_one(*db_, "UPDATE chats SET title = ?1 WHERE id = ?2", title, id))
            return gone("chat");
        return {};
    });
}

Status ChatStore::remove(std::int64_t id) {
    return guarded_chats(file_, [&]() -> Status {
        if (!change_one(*db_, "UPDATE chats SET removed = 1 WHERE id = ?1", id))
            return gone("chat");
        return {};
    });
}

Status ChatStore::restore(std::int64_t id) {
    return guarded_chats(file_, [&]() -> Status {
        if (!change_one(*db_, "UPDATE chats SET removed = 0 WHERE id = ?1", id))
            return gone("chat");
        return {};
    });
}

Result<std::int64_t> ChatStore::add_turn(std::int64_t chat, const std::string& question,
                                         std::int64_t now_ms) {
    return guarded_chats(file_, [&]() -> Result<std::int64_t> {
        SQLite::Transaction transaction(*db_, SQLite::TransactionBehavior::IMMEDIATE);
        if (!change_one(*db_, "UPDATE chats SET used = ?1 WHERE id = ?2", now_ms, chat))
            return gone("chat");
        change_one(*db_, "INSERT INTO turns(chat, question) VALUES (?1, ?2)", chat, question);
        const std::int64_t id = db_->getLastInsertRowid();
        transaction.commit();
        return id;
    });
}

Status ChatStore::keep_growing(const ChatTurn& turn) { return keep_turn(turn, false); }

Status ChatStore::keep_ended(const ChatTurn& turn) { return keep_turn(turn, true); }

Status ChatStore::keep_turn(const ChatTurn& turn, bool ended) {
    return guarded_chats(file_, [&]() -> Status {
        if (!change_one(*db_,
                        "UPDATE turns SET answer = ?1, sources = ?2, figures = ?3, error = ?4, "
                        "stopped = ?5, ended = ?6 WHERE id = ?7",
                        turn.answer, turn_sources(turn), turn.figures, turn.error,
                        static_cast<int>(turn.stopped), static_cast<int>(ended), turn.id))
            return gone("turn");
        return {};
    });
}

Status ChatStore::take_back(std::int64_t chat, int n_turns) {
    return guarded_chats(file_, [&]() -> Status {
        SQLite::Transaction transaction(*db_, SQLite::TransactionBehavior::IMMEDIATE);
        change_one(*db_, "DELETE FROM turns WHERE chat = ?1 AND taken_back = 1", chat);
        change_one(*db_,
                   "UPDATE turns SET taken_back = 1 WHERE id IN (SELECT id FROM turns "
                   "WHERE chat = ?1 ORDER BY id LIMIT -1 OFFSET ?2)",
                   chat, n_turns);
        transaction.commit();
        return {};
    });
}

Status ChatStore::restore_taken(std::int64_t chat) {
    return guarded_chats(file_, [&]() -> Status {
        SQLite::Transaction transaction(*db_, SQLite::TransactionBehavior::IMMEDIATE);
        change_one(*db_,
                   "DELETE FROM turns WHERE chat = ?1 AND taken_back = 0 AND id > "
                   "(SELECT max(id) FROM turns WHERE chat = ?1 AND taken_back = 1)",
                   chat);
        change_one(*db_, "UPDATE turns SET taken_back = 0 WHERE chat = ?1", chat);
        transaction.commit();
        return {};
    });
}

Status ChatStore::keep_conversation(std::int64_t chat, const SavedConversation& conversation) {
    return guarded_chats(file_, [&]() -> Status {
        if (!change_one(*db_, "UPDATE chats SET conversation = ?1 WHERE id = ?2",
                        conversation_text(conversation), chat))
            return gone("chat");
        return {};
    });
}

Result<std::string> ChatStore::draft(std::int64_t chat) const {
    return guarded_chats(file_, [&]() -> Result<std::string> {
        SQLite::Statement query(*db_, "SELECT text FROM drafts WHERE chat = ?1");
        query.bind(1, chat);
        return query.executeStep() ? query.getColumn(0).getString() : std::string();
    });
}

Status ChatStore::keep_draft(std::int64_t chat, const std::string& text) {
    return guarded_chats(file_, [&]() -> Status {
        if (text.empty())
            change_one(*db_, "DELETE FROM drafts WHERE chat = ?1", chat);
        else
            change_one(*db_, "INSERT OR REPLACE INTO drafts VALUES (?1, ?2)", chat, text);
        return {};
    });
}

Result<std::int64_t> ChatStore::last_shown() const {
    return guarded_chats(file_, [&]() -> Result<std::int64_t> {
        SQLite::Statement query(*db_, "SELECT value FROM state WHERE key = 'last_shown'");
        return query.executeStep() ? query.getColumn(0).getInt64() : 0;
    });
}

Status ChatStore::keep_last_shown(std::int64_t chat) {
    return guarded_chats(file_, [&]() -> Status {
        change_one(*db_, "INSERT OR REPLACE INTO state VALUES ('last_shown', ?1)", chat);
        return {};
    });
}

}  // namespace lectern
