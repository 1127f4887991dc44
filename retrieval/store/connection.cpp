#include "retrieval/store/connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>

#include "retrieval/index/fts_tokenizer.h"

namespace lectern {
namespace {

constexpr int kPageBytes = 4096;  // SQLite's default

/// A file: URI of an absolute path; what has a meaning in URIs is escaped.
std::string uri_of(const std::filesystem::path& path, const char* parameters) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        if (c != '%' && c != '?' && c != '#') {
            out += c;
            continue;
        }
        out += '%';
        out += kDigits[(c >> 4) & 15];
        out += kDigits[c & 15];
    }
    return out + parameters;
}

std::unique_ptr<SQLite::Database> open_and_attach(const std::filesystem::path& folder, int flags,
                                                  const char* parameters, int busy_timeout_ms) {
    auto db = std::make_unique<SQLite::Database>(uri_of(library_file(folder), parameters),
                                                 flags | SQLite::OPEN_URI | SQLite::OPEN_FULLMUTEX,
                                                 busy_timeout_ms);
    SQLite::Statement attach(*db, "ATTACH DATABASE ?1 AS emb");
    attach.bind(1, uri_of(embeddings_file(folder), parameters));
    attach.exec();
    if (register_fts_tokenizer(db->getHandle()) != SQLITE_OK)
        throw SQLite::Exception("this SQLite has no full-text search (FTS5)", SQLITE_ERROR);
    return db;
}

std::unique_ptr<SQLite::Database> connect_read_only(const std::filesystem::path& folder,
                                                    int busy_timeout_ms) {
    try {
        auto db = open_and_attach(folder, SQLite::OPEN_READONLY, "?mode=ro", busy_timeout_ms);
        db->execAndGet("SELECT count(*) FROM folders");
        return db;
    } catch (const SQLite::Exception& exception) {
        // A WAL database needs a shared-memory file, which cannot be made here: nobody writes,
        // then.
        const bool no_wal = exception.getErrorCode() == SQLITE_CANTOPEN ||
                            exception.getErrorCode() == SQLITE_READONLY;
        if (!no_wal) throw;
    }
    return open_and_attach(folder, SQLite::OPEN_READONLY, "?mode=ro&immutable=1", busy_timeout_ms);
}

/// Two processes that create a library at once: one of them waits for the other.
void use_wal(SQLite::Database& db, const std::string& schema, int busy_timeout_ms) {
    constexpr int kWaitMs = 20;
    for (int waited_ms = 0;; waited_ms += kWaitMs) {
        try {
            db.exec("PRAGMA " + schema + ".journal_mode = WAL");
            return;
        } catch (const SQLite::Exception& exception) {
            const bool busy = exception.getErrorCode() == SQLITE_BUSY;
            if (!busy || waited_ms >= busy_timeout_ms) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(kWaitMs));
    }
}

/// SQLite reports a full disk as an input or output error where it happens in its auxiliary files.
bool is_full(const std::filesystem::path& folder) {
    constexpr std::uintmax_t kNothingBytes = 1 << 20;
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return !error && space.available < kNothingBytes;
}

Error no_room(const std::filesystem::path& folder) {
    return {ErrorCode::kDiskFull,
            "There is no room left for the library in " + folder.string() + ".",
            "Free some disk space and index again: what is done is kept."};
}

}  // namespace

std::filesystem::path library_file(const std::filesystem::path& folder) {
    return folder / "library.sqlite";
}
std::filesystem::path embeddings_file(const std::filesystem::path& folder) {
    return folder / "embeddings.sqlite";
}
std::filesystem::path writer_lock_file(const std::filesystem::path& folder) {
    return folder / "writer.lock";
}

Error sqlite_error(const SQLite::Exception& exception, const std::filesystem::path& folder) {
    const std::string library = "The library in " + folder.string();
    const std::string detail = std::string(" (") + exception.what() + ").";
    switch (exception.getErrorCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::kCorrupt, library + " is damaged" + detail,
                    "Nothing was deleted: restore it from a backup, or move the folder away and "
                    "index again."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::kBusy, library + " is being changed by another process.",
                    "Try again in a moment."};
        case SQLITE_FULL:
            return no_room(folder);
        case SQLITE_READONLY:
            return {ErrorCode::kReadOnly, library + " cannot be written.", ""};
        case SQLITE_NOMEM:
            return {ErrorCode::kOutOfMemory, "Not enough memory to read the library.", ""};
        case SQLITE_IOERR:
            if (is_full(folder)) return no_room(folder);
            [[fallthrough]];
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return {ErrorCode::kIo, library + " cannot be read or written" + detail, ""};
        default:
            return {ErrorCode::kInternal, library + " failed" + detail, ""};
    }
}

std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& folder, bool read_only,
                                          const LibraryOptions& options) {
    if (read_only) return connect_read_only(folder, options.busy_timeout_ms);
    auto db = open_and_attach(folder, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, "",
                              options.busy_timeout_ms);
    db->exec("PRAGMA foreign_keys = ON");
    for (const std::string schema : {"main", "emb"}) {
        use_wal(*db, schema, options.busy_timeout_ms);
        db->exec("PRAGMA " + schema + ".synchronous = " + (options.durable ? "FULL" : "OFF"));
        if (options.max_bytes > 0) {
            const auto pages = std::max<std::int64_t>(options.max_bytes / kPageBytes, 1);
            db->exec("PRAGMA " + schema + ".max_page_count = " + std::to_string(pages));
        }
    }
    return db;
}

void bind_hash(SQLite::Statement& statement, int index, const Hash128& hash) {
    statement.bind(index, hash.bytes.data(), static_cast<int>(hash.bytes.size()));
}

Hash128 column_hash(const SQLite::Column& column) {
    Hash128 hash;
    if (column.getBytes() == static_cast<int>(hash.bytes.size()))
        std::memcpy(hash.bytes.data(), column.getBlob(), hash.bytes.size());
    return hash;
}

}  // namespace lectern
