#include "app/core/chat_database.h"

#include <sqlite3.h>

#include <array>
#include <string>
#include <system_error>

#include "retrieval/index/fts_tokenizer.h"

namespace lectern {
namespace {

constexpr int kApplicationId = 0x4C454343;  // "LECC"

/// kSteps[v] leads from version v to v + 1. Steps are never changed, only added.
constexpr std::array kSteps = {R"sql(
-- Times are milliseconds since the Unix epoch. conversation: what the engine resumes, as JSON.
-- removed: hidden, and gone for good with the next start.
CREATE TABLE chats(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,
    used INTEGER NOT NULL,
    conversation TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0);

-- sources: the answer's passages and sentences, as JSON. ended is 0 while the answer grows.
CREATE TABLE turns(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chats(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    sources TEXT NOT NULL DEFAULT '',
    figures TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    stopped INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0);
CREATE INDEX turns_by_chat ON turns(chat, id);

-- What is typed and not asked yet; chat 0 is the one that has not begun.
CREATE TABLE drafts(chat INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE state(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE turns_fts USING fts5(
    question, answer, content = 'turns', content_rowid = 'id', tokenize = 'lectern');
CREATE TRIGGER turns_inserted AFTER INSERT ON turns BEGIN
    INSERT INTO turns_fts(rowid, question, answer) VALUES (new.id, new.question, new.answer);
END;
CREATE TRIGGER turns_deleted AFTER DELETE ON turns BEGIN
    INSERT INTO turns_fts(turns_fts, rowid, question, answer)
    VALUES ('delete', old.id, old.question, old.answer);
END;
CREATE TRIGGER turns_changed AFTER UPDATE OF question, answer ON turns BEGIN
    INSERT INTO turns_fts(turns_fts, rowid, question, answer)
    VALUES ('delete', old.id, old.question, old.answer);
    INSERT INTO turns_fts(rowid, question, answer) VALUES (new.id, new.question, new.answer);
END;

CREATE VIRTUAL TABLE chats_fts USING fts5(
    title, content = 'chats', content_rowid = 'id', tokenize = 'lectern');
CREATE TRIGGER chats_inserted AFTER INSERT ON chats BEGIN
    INSERT INTO chats_fts(rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER chats_deleted AFTER DELETE ON chats BEGIN
    INSERT INTO chats_fts(chats_fts, rowid, title) VALUES ('delete', old.id, old.title);
    DELETE FROM drafts WHERE chat = old.id;
END;
CREATE TRIGGER chats_changed AFTER UPDATE OF title ON chats BEGIN
    INSERT INTO chats_fts(chats_fts, rowid, title) VALUES ('delete', old.id, old.title);
    INSERT INTO chats_fts(rowid, title) VALUES (new.id, new.title);
END;
)sql",
                               R"sql(
-- A question that was edited, and those behind it: hidden, and gone for good with the next start.
ALTER TABLE turns ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
)sql"};

int version_of(SQLite::Database& db) { return db.execAndGet("PRAGMA user_version").getInt(); }

/// Reads alone.
Status check_file(SQLite::Database& db, const std::filesystem::path& file) {
    const bool empty = db.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (!empty && db.execAndGet("PRAGMA application_id").getInt() != kApplicationId)
        return fail(ErrorCode::kCorrupt, file.string() + " does not hold chats of Lectern.",
                    "Nothing was changed: move this file away, and chats are kept in a new one.");
    if (version_of(db) > static_cast<int>(kSteps.size()))
        return fail(ErrorCode::kUnsupported,
                    "The chats in " + file.string() + " were kept by a newer version of Lectern.",
                    "Nothing was changed: update Lectern to see them.");
    if (const std::string found = db.execAndGet("PRAGMA quick_check(1)").getString(); found != "ok")
        throw SQLite::Exception(found, SQLITE_CORRUPT);
    return {};
}

Status migrate(SQLite::Database& db, const std::filesystem::path& file) {
    if (version_of(db) == static_cast<int>(kSteps.size())) return {};
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    LECTERN_TRY(check_file(db, file));  // another process may have been here meanwhile
    for (auto version = static_cast<std::size_t>(version_of(db)); version < kSteps.size();
         ++version)
        db.exec(kSteps[version]);
    db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    db.exec("PRAGMA user_version = " + std::to_string(kSteps.size()));
    transaction.commit();
    return {};
}

Status make_folder_of(const std::filesystem::path& file) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (!error) return {};
    return fail(ErrorCode::kIo,
                "The folder of the chats, " + file.parent_path().string() +
                    ", cannot be made: " + error.message() + ".",
                "Chats are not kept until it can be.");
}

}  // namespace

Error chat_error(const SQLite::Exception& exception, const std::filesystem::path& file) {
    const std::string chats = file.empty() ? "The chats" : "The chats in " + file.string();
    const std::string detail = std::string(" (") + exception.what() + ").";
    switch (exception.getErrorCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::kCorrupt, chats + " are damaged" + detail,
                    "Nothing was changed: restore the file from a backup, or move it away, and "
                    "chats are kept in a new one."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::kBusy, chats + " are being changed by another process.",
                    "Try again in a moment."};
        case SQLITE_FULL:
            return {ErrorCode::kDiskFull, "There is no room left for the chats.",
                    "Free some disk space; what was kept before is there."};
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {ErrorCode::kReadOnly, chats + " cannot be written" + detail,
                    "Make the file and its folder writable, then start Lectern again."};
        case SQLITE_NOMEM:
            return {ErrorCode::kOutOfMemory, "Not enough memory to read the chats.", ""};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return {ErrorCode::kIo, chats + " cannot be read or written" + detail,
                    "See that the disk is there and has room."};
        default:
            return {ErrorCode::kInternal, chats + " failed" + detail, ""};
    }
}

Result<std::unique_ptr<SQLite::Database>> open_chat_database(const std::filesystem::path& file,
                                                             int busy_timeout_ms) {
    using Opened = Result<std::unique_ptr<SQLite::Database>>;
    if (!file.empty()) LECTERN_TRY(make_folder_of(file));
    return guarded_chats(file, [&]() -> Opened {
        auto db = std::make_unique<SQLite::Database>(file.empty() ? ":memory:" : file.string(),
                                                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                     busy_timeout_ms);
        LECTERN_TRY(check_file(*db, file));
        if (register_fts_tokenizer(db->getHandle()) != SQLITE_OK)
            throw SQLite::Exception("this SQLite has no full-text search (FTS5)", SQLITE_ERROR);
        db->exec("PRAGMA journal_mode = WAL");
        db->exec("PRAGMA synchronous = FULL");
        db->exec("PRAGMA foreign_keys = ON");
        db->exec("PRAGMA secure_delete = ON");  // what is deleted is not left in the file
        LECTERN_TRY(migrate(*db, file));
        return db;
    });
}

}  // namespace lectern
