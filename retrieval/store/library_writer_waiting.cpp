// Documents that wait to be read: listed before their turn comes, and taken back.
#include "retrieval/store/library_writer_state.h"

namespace lectern {
namespace {

/// Of documents d and their folders f.
constexpr const char* kWaits =
    "d.hash IS NULL AND d.failure_code IS NULL AND f.paused = 0 AND d.folder = f.id";

/// Folders of which something waits, or which no run has looked at yet.
std::vector<std::int64_t> unfinished_folders(SQLite::Database& db) {
    SQLite::Statement query(db, std::string("SELECT f.id FROM folders f WHERE f.paused = 0 AND "
                                            "(f.device = 0 OR EXISTS (SELECT 1 FROM documents d "
                                            "WHERE ") +
                                    kWaits + "))");
    std::vector<std::int64_t> ids;
    while (query.executeStep()) ids.push_back(query.getColumn(0).getInt64());
    return ids;
}

/// Unless it has documents.
void forget_folder(SQLite::Database& db, std::int64_t id) {
    SQLite::Statement take_up(
        db,
        "DELETE FROM left_out WHERE EXISTS (SELECT 1 FROM folders f WHERE f.id = ?1 AND "
        "NOT EXISTS (SELECT 1 FROM documents d WHERE d.folder = f.id) AND "
        "(left_out.path = f.path OR substr(left_out.path, 1, length(f.path) + 1) = "
        "f.path || '/'))");
    take_up.bind(1, id);
    take_up.exec();
    SQLite::Statement forget(db,
                             "DELETE FROM folders WHERE id = ?1 AND NOT EXISTS "
                             "(SELECT 1 FROM documents d WHERE d.folder = ?1)");
    forget.bind(1, id);
    forget.exec();
}

}  // namespace

Status LibraryWriter::expect_documents(std::span<const Expected> files) {
    return state_->write([&](SQLite::Database& db) -> Status {
        SQLite::Statement insert(db,
                                 "INSERT OR IGNORE INTO documents(folder, path) VALUES (?1, ?2)");
        for (const Expected& file : files) {
            insert.bind(1, file.folder_id);
            insert.bind(2, file.path.string());
            insert.exec();
            insert.reset();
        }
        return {};
    });
}

Result<std::int64_t> LibraryWriter::take_back_waiting() {
    return state_->write([](SQLite::Database& db) -> Result<std::int64_t> {
        const std::vector<std::int64_t> folders = unfinished_folders(db);
        const std::string of_waiting = std::string("FROM documents d, folders f WHERE ") + kWaits;
        db.exec("INSERT OR IGNORE INTO left_out(path) SELECT d.path " + of_waiting);
        const std::int64_t n =
            db.exec("DELETE FROM documents WHERE id IN (SELECT d.id " + of_waiting + ")");
        for (const std::int64_t id : folders) forget_folder(db, id);
        return n;
    });
}

}  // namespace lectern
