#include "engine/kv/kv_index.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/kv/kv_priority.h"

namespace lectern {
namespace {

constexpr int kSchemaVersion = 2;
constexpr int kBusyTimeoutMs = 5000;
constexpr const char* kSchema = R"(
    CREATE TABLE entries(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key BLOB NOT NULL UNIQUE,
        n_bytes INTEGER NOT NULL,
        last_used INTEGER NOT NULL,
        n_uses INTEGER NOT NULL,
        compute_seconds REAL NOT NULL,
        priority REAL NOT NULL);
    CREATE INDEX entries_by_priority ON entries(priority, last_used);
    CREATE TABLE writing(key BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE aging(clock REAL NOT NULL);
    INSERT INTO aging VALUES(0);
    PRAGMA user_version = 2;
)";
/// Version 1 knew the last use alone: with the same worth for all, that goes on to decide.
constexpr const char* kFromVersion1 = R"(
    ALTER TABLE entries ADD COLUMN n_uses INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE entries ADD COLUMN compute_seconds REAL NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN priority REAL NOT NULL DEFAULT 0;
    UPDATE entries SET compute_seconds = n_bytes / 1048576.0, priority = 1;
    DROP INDEX entries_by_use;
    CREATE INDEX entries_by_priority ON entries(priority, last_used);
    CREATE TABLE aging(clock REAL NOT NULL);
    INSERT INTO aging VALUES(0);
    PRAGMA user_version = 2;
)";

ErrorCode code_of(const SQLite::Exception& error) {
    switch (error.getErrorCode() & 0xff) {
        case SQLITE_ERROR:  // tables that are not as we made them
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::kCorrupt;
        case SQLITE_FULL:
            return ErrorCode::kDiskFull;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return ErrorCode::kReadOnly;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::kBusy;
        default:
            return ErrorCode::kIo;
    }
}

/// Runs `action`, turning SQLite's exceptions into errors.
template <class Action>
auto guarded(Action action) -> decltype(action()) {
    try {
        return action();
    } catch (const SQLite::Exception& error) {
        return fail(code_of(error),
                    std::string("The index of the KV store failed: ") + error.what() + ".");
    }
}

void bind(SQLite::Statement& statement, int index, const KvKey& key) {
    statement.bind(index, key.hash.bytes.data(), static_cast<int>(key.hash.bytes.size()));
}

KvKey key_at(const SQLite::Column& column) {
    KvKey key;
    if (column.getBytes() == static_cast<int>(key.hash.bytes.size())) {
        std::memcpy(key.hash.bytes.data(), column.getBlob(), key.hash.bytes.size());
    }
    return key;
}

KvIndexRow row_at(SQLite::Statement& query) {
    return {query.getColumn(0).getInt64(), key_at(query.getColumn(1)),
            query.getColumn(2).getInt64(), query.getColumn(3).getDouble()};
}

/// A path inside a file: URI.
std::string uri_path(const std::filesystem::path& path) {
    std::string out;
    for (const char c : path.string()) {
        if (c == '%' || c == '?' || c == '#') {
            constexpr char kDigits[] = "0123456789ABCDEF";
            out += {'%', kDigits[c >> 4], kDigits[c & 15]};
        } else {
            out += c;
        }
    }
    return out;
}

/// Without a write-ahead log nobody is writing, and SQLite must be told so: it could not make the
/// shared memory that it needs to find out.
std::string read_only_uri(const std::filesystem::path& path) {
    std::error_code ignored;  // a log that cannot be seen cannot be read either
    const bool has_log = std::filesystem::exists(path.string() + "-wal", ignored);
    return "file:" + uri_path(path) + (has_log ? "?mode=ro" : "?immutable=1");
}

std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& path,
                                          KvIndex::Access access) {
    if (access == KvIndex::Access::kReadOnly) {
        return std::make_unique<SQLite::Database>(
            read_only_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyTimeoutMs);
    }
    const bool in_memory = access == KvIndex::Access::kInMemory;
    auto database = std::make_unique<SQLite::Database>(in_memory ? ":memory:" : path.string(),
                                                       SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                       kBusyTimeoutMs);
    // A lost last commit is a file that is taken in again: no sync a commit is needed.
    database->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    return database;
}

/// Makes the tables of a new database, or brings those of an older one up to date.
void make_tables(SQLite::Database& database) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    const bool is_new =
        version == 0 && database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
    if (is_new) database.exec(kSchema);
    if (version == 1) database.exec(kFromVersion1);
    transaction.commit();
}

Status check_structure(SQLite::Database& database) {
    const bool whole = database.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
    if (!whole || database.execAndGet("PRAGMA user_version").getInt() != kSchemaVersion ||
        !database.tableExists("entries") || !database.tableExists("writing") ||
        database.execAndGet("SELECT count(*) FROM aging").getInt() != 1) {
        return fail(ErrorCode::kCorrupt, "The index of the KV store is damaged.");
    }
    return {};
}

}  // namespace

KvIndex::KvIndex(std::unique_ptr<SQLite::Database> database) : database_(std::move(database)) {}
KvIndex::~KvIndex() = default;

Result<std::unique_ptr<KvIndex>> KvIndex::open(const std::filesystem::path& path, Access access) {
    return guarded([&]() -> Result<std::unique_ptr<KvIndex>> {
        auto database = connect(path, access);
        if (access != Access::kReadOnly) make_tables(*database);
        LECTERN_TRY(check_structure(*database));
        return std::unique_ptr<KvIndex>(new KvIndex(std::move(database)));
    });
}

Result<std::optional<KvIndexRow>> KvIndex::find(const KvKey& key) {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Result<std::optional<KvIndexRow>> {
        SQLite::Statement query(*database_,
                                "SELECT id, key, n_bytes, priority FROM entries WHERE key = ?");
        bind(query, 1, key);
        if (!query.executeStep()) return std::nullopt;
        return row_at(query);
    });
}

Result<std::vector<KvIndexRow>> KvIndex::rows() {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Result<std::vector<KvIndexRow>> {
        SQLite::Statement query(
            *database_,
            "SELECT id, key, n_bytes, priority FROM entries ORDER BY priority, last_used, id");
        std::vector<KvIndexRow> rows;
        while (query.executeStep()) rows.push_back(row_at(query));
        return rows;
    });
}

Result<KvIndexTotals> KvIndex::totals() {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Result<KvIndexTotals> {
        SQLite::Statement query(
            *database_,
            "SELECT count(*), coalesce(sum(n_bytes), 0), coalesce(max(last_used), 0) FROM entries");
        query.executeStep();
        return KvIndexTotals{query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                             query.getColumn(2).getInt64()};
    });
}

Result<double> KvIndex::seconds_per_byte() {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Result<double> {
        SQLite::Statement query(*database_,
                                "SELECT sum(compute_seconds), sum(n_bytes) FROM entries");
        query.executeStep();
        const double seconds = query.getColumn(0).getDouble(),
                     n_bytes = query.getColumn(1).getDouble();
        return seconds > 0 && n_bytes > 0 ? seconds / n_bytes : kNominalSecondsPerByte;
    });
}

Status KvIndex::remove(std::span<const std::int64_t> ids) {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        remove_rows(ids);
        transaction.commit();
        return {};
    });
}

Status KvIndex::evict(std::span<const KvIndexRow> rows) {
    std::vector<std::int64_t> ids;
    double highest = 0;
    for (const KvIndexRow& row : rows) {
        ids.push_back(row.id);
        highest = std::max(highest, row.priority);
    }
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        remove_rows(ids);
        SQLite::Statement age(*database_, "UPDATE aging SET clock = max(clock, ?)");
        age.bind(1, highest);
        age.exec();
        transaction.commit();
        return {};
    });
}

Status KvIndex::touch(const std::map<KvKey, KvUses>& uses) {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        const double now = clock();
        SQLite::Statement entry(
            *database_, "SELECT id, n_uses, compute_seconds, n_bytes FROM entries WHERE key = ?");
        SQLite::Statement update(*database_,
                                 "UPDATE entries SET last_used = max(last_used, ?), n_uses = ?, "
                                 "priority = ? WHERE id = ?");
        for (const auto& [key, used] : uses) {
            entry.reset();
            bind(entry, 1, key);
            if (!entry.executeStep()) continue;  // evicted meanwhile
            const std::int64_t n_uses = entry.getColumn(1).getInt64() + used.n;
            update.reset();
            update.bind(1, used.last);
            update.bind(2, n_uses);
            update.bind(3, kv_priority(now, n_uses, entry.getColumn(2).getDouble(),
                                       entry.getColumn(3).getInt64()));
            update.bind(4, entry.getColumn(0).getInt64());
            update.exec();
        }
        entry.reset();
        transaction.commit();
        return {};
    });
}

Status KvIndex::insert(const NewKvEntry& added) {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Status {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement entry(*database_,
                                "INSERT INTO entries(key, n_bytes, last_used, n_uses, "
                                "compute_seconds, priority) VALUES(?, ?, ?, 1, ?, ?)");
        bind(entry, 1, added.key);
        entry.bind(2, added.n_bytes);
        entry.bind(3, added.last_used);
        entry.bind(4, added.compute_seconds);
        entry.bind(5, kv_priority(clock(), 1, added.compute_seconds, added.n_bytes));
        entry.exec();
        SQLite::Statement written(*database_, "DELETE FROM writing WHERE key = ?");
        bind(written, 1, added.key);
        written.exec();
        transaction.commit();
        return {};
    });
}

double KvIndex::clock() { return database_->execAndGet("SELECT clock FROM aging").getDouble(); }

void KvIndex::remove_rows(std::span<const std::int64_t> ids) {
    SQLite::Statement statement(*database_, "DELETE FROM entries WHERE id = ?");
    for (const std::int64_t id : ids) {
        statement.bind(1, id);
        statement.exec();
        statement.reset();
    }
}

Status KvIndex::begin_writing(const KvKey& key) {
    return write_key("INSERT OR IGNORE INTO writing(key) VALUES(?)", key);
}

Status KvIndex::end_writing(const KvKey& key) {
    return write_key("DELETE FROM writing WHERE key = ?", key);
}

Result<std::vector<KvKey>> KvIndex::writing() {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Result<std::vector<KvKey>> {
        SQLite::Statement query(*database_, "SELECT key FROM writing");
        std::vector<KvKey> keys;
        while (query.executeStep()) keys.push_back(key_at(query.getColumn(0)));
        return keys;
    });
}

Status KvIndex::write_key(const char* sql, const KvKey& key) {
    const std::lock_guard lock(mutex_);
    return guarded([&]() -> Status {
        SQLite::Statement statement(*database_, sql);
        bind(statement, 1, key);
        statement.exec();
        return {};
    });
}

}  // namespace lectern
