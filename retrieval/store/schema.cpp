#include "retrieval/store/schema.h"

#include <array>
#include <string>

namespace lectern {
namespace {

constexpr int kApplicationId = 0x4C454354;  // "LECT"

/// kLibrary[v] leads from version v to v + 1. Steps are never changed, only added.
constexpr std::array kLibrary = {R"sql(
CREATE TABLE library(id INTEGER NOT NULL);  -- drawn once; the embeddings name it
INSERT INTO library VALUES (random());

CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE folders(
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    is_file INTEGER NOT NULL,
    offline INTEGER NOT NULL DEFAULT 0,
    device INTEGER NOT NULL DEFAULT 0);

-- hash is NULL until a version was read; failure_code is NULL unless the last attempt failed.
CREATE TABLE documents(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folders(id),
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL DEFAULT 0,
    mtime INTEGER NOT NULL DEFAULT 0,
    hash BLOB,
    format TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    n_pages INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    failure_code INTEGER,
    failure_reason TEXT NOT NULL DEFAULT '',
    failed_size INTEGER NOT NULL DEFAULT 0,
    failed_mtime INTEGER NOT NULL DEFAULT 0);
CREATE INDEX documents_by_folder ON documents(folder);

-- AUTOINCREMENT: an id is never given to another chunk; vectors and caches lean on that.
CREATE TABLE chunks(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id),
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    context TEXT NOT NULL,
    page INTEGER NOT NULL,
    sources TEXT NOT NULL);
CREATE INDEX chunks_by_document ON chunks(document, ordinal);

CREATE VIRTUAL TABLE chunks_fts USING fts5(
    text, context, content = 'chunks', content_rowid = 'id', tokenize = 'porter lectern');
CREATE TRIGGER chunks_inserted AFTER INSERT ON chunks BEGIN
    INSERT INTO chunks_fts(rowid, text, context) VALUES (new.id, new.text, new.context);
END;
CREATE TRIGGER chunks_deleted AFTER DELETE ON chunks BEGIN
    INSERT INTO chunks_fts(chunks_fts, rowid, text, context)
    VALUES ('delete', old.id, old.text, old.context);
END;
CREATE TRIGGER chunks_changed AFTER UPDATE OF text, context ON chunks BEGIN
    INSERT INTO chunks_fts(chunks_fts, rowid, text, context)
    VALUES ('delete', old.id, old.text, old.context);
    INSERT INTO chunks_fts(rowid, text, context) VALUES (new.id, new.text, new.context);
END;
)sql",
                                 R"sql(
-- What answers were given from, and the last questions: whose cache is computed first.
CREATE TABLE used_chunks(chunk INTEGER PRIMARY KEY);
CREATE TRIGGER used_chunks_deleted AFTER DELETE ON chunks BEGIN
    DELETE FROM used_chunks WHERE chunk = old.id;
END;
CREATE TABLE questions(id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL);
)sql",
                                 R"sql(
-- turn: the folder with the highest is read first.
ALTER TABLE folders ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folders ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
-- Files that are not to be read, whatever folder they lie in.
CREATE TABLE left_out(path TEXT PRIMARY KEY) WITHOUT ROWID;
-- Which entries of the KV store hold a chunk, and of which model.
CREATE TABLE chunk_kv(
    chunk INTEGER NOT NULL,
    key BLOB NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (chunk, key)) WITHOUT ROWID;
CREATE INDEX chunk_kv_by_key ON chunk_kv(key);
CREATE TRIGGER chunk_kv_deleted AFTER DELETE ON chunks BEGIN
    DELETE FROM chunk_kv WHERE chunk = old.id;
END;
)sql"};

constexpr std::array kEmbeddings = {R"sql(
CREATE TABLE emb.state(library INTEGER NOT NULL, epoch INTEGER NOT NULL, removals INTEGER NOT NULL);
INSERT INTO emb.state SELECT id, random(), 0 FROM main.library;

CREATE TABLE emb.embedders(id INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL UNIQUE);

-- vector: f32, little endian. tokens: the whole chunk's, at window 0.
CREATE TABLE emb.vectors(
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    embedder INTEGER NOT NULL REFERENCES embedders(id),
    chunk INTEGER NOT NULL,
    window INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    vector BLOB NOT NULL);
CREATE UNIQUE INDEX emb.vectors_by_chunk ON vectors(chunk, embedder, window);
)sql"};

int version_of(SQLite::Database& db, const std::string& schema) {
    return db.execAndGet("PRAGMA " + schema + ".user_version").getInt();
}

template <std::size_t n>
void apply(SQLite::Database& db, const std::string& schema,
           const std::array<const char*, n>& steps) {
    for (auto version = static_cast<std::size_t>(version_of(db, schema)); version < n; ++version) {
        db.exec(steps[version]);
        db.exec("PRAGMA " + schema + ".user_version = " + std::to_string(version + 1));
    }
}

Status refuse_newer(SQLite::Database& db, const std::filesystem::path& folder) {
    const bool newer = version_of(db, "main") > static_cast<int>(kLibrary.size()) ||
                       version_of(db, "emb") > static_cast<int>(kEmbeddings.size());
    if (!newer) return {};
    return fail(ErrorCode::kUnsupported,
                "The library in " + folder.string() + " was made by a newer version of Lectern.",
                "Update Lectern, or use another library folder.");
}

Status refuse_foreign(SQLite::Database& db, const std::filesystem::path& folder) {
    const bool empty = db.execAndGet("SELECT count(*) FROM main.sqlite_master").getInt() == 0;
    if (empty || db.execAndGet("PRAGMA main.application_id").getInt() == kApplicationId) return {};
    return fail(ErrorCode::kCorrupt,
                "library.sqlite in " + folder.string() + " is not a library of Lectern.",
                "Nothing was changed: use another library folder.");
}

/// Embeddings of another library (its main file was deleted or replaced) would lend their vectors
/// to chunks that have the same ids by chance.
void adopt_embeddings(SQLite::Database& db) {
    const bool ours = db.execAndGet("SELECT library FROM emb.state").getInt64() ==
                      db.execAndGet("SELECT id FROM main.library").getInt64();
    if (ours) return;
    db.exec("DELETE FROM emb.vectors");
    db.exec("UPDATE emb.state SET library = (SELECT id FROM main.library), epoch = random()");
}

}  // namespace

Status migrate(SQLite::Database& db, const std::filesystem::path& folder) {
    LECTERN_TRY(refuse_newer(db, folder));
    LECTERN_TRY(refuse_foreign(db, folder));
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    LECTERN_TRY(refuse_newer(db, folder));  // another process may have been here meanwhile
    apply(db, "main", kLibrary);
    db.exec("PRAGMA main.application_id = " + std::to_string(kApplicationId));
    apply(db, "emb", kEmbeddings);
    adopt_embeddings(db);
    transaction.commit();
    return {};
}

Status check_version(SQLite::Database& db, const std::filesystem::path& folder) {
    LECTERN_TRY(refuse_newer(db, folder));
    LECTERN_TRY(refuse_foreign(db, folder));
    if (version_of(db, "main") == static_cast<int>(kLibrary.size()) &&
        version_of(db, "emb") == static_cast<int>(kEmbeddings.size()))
        return {};
    return fail(ErrorCode::kReadOnly,
                "The library in " + folder.string() +
                    " was made by an older version of Lectern and cannot be written.",
                "Make the folder writable once, so that it can be brought up to date.");
}

}  // namespace lectern
