// What a person decides about folders and files: paused, first in line, left out, once more.
#include "retrieval/store/library.h"
#include "retrieval/store/library_state.h"

namespace lectern {
namespace {

/// kNotFound where no row has the path.
Status change_row(SQLite::Database& db, const char* sql, const std::filesystem::path& path) {
    SQLite::Statement update(db, sql);
    update.bind(1, path.string());
    if (update.exec() > 0) return {};
    return fail(ErrorCode::kNotFound, path.string() + " is not in the library.");
}

}  // namespace

Status Library::pause_folder(const std::filesystem::path& folder, bool paused) {
    return state_->read([&](SQLite::Database& db) -> Status {
        return change_row(db,
                          paused ? "UPDATE folders SET paused = 1 WHERE path = ?1"
                                 : "UPDATE folders SET paused = 0 WHERE path = ?1",
                          folder);
    });
}

Status Library::put_folder_first(const std::filesystem::path& folder) {
    return state_->read([&](SQLite::Database& db) -> Status {
        return change_row(db,
                          "UPDATE folders SET turn = (SELECT max(turn) FROM folders) + 1 "
                          "WHERE path = ?1",
                          folder);
    });
}

Status Library::try_document_again(const std::filesystem::path& path) {
    return state_->read([&](SQLite::Database& db) -> Status {
        return change_row(db,
                          "UPDATE documents SET failed_size = -1 "
                          "WHERE path = ?1 AND failure_code IS NOT NULL",
                          path);
    });
}

Status Library::leave_out(const std::filesystem::path& path) {
    return state_->read([&](SQLite::Database& db) -> Status {
        SQLite::Statement insert(db, "INSERT OR IGNORE INTO left_out(path) VALUES (?1)");
        insert.bind(1, path.string());
        insert.exec();
        return {};
    });
}

Result<std::vector<std::filesystem::path>> Library::left_out() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<std::filesystem::path>> {
        SQLite::Statement query(db, "SELECT path FROM left_out ORDER BY path");
        std::vector<std::filesystem::path> out;
        while (query.executeStep()) out.emplace_back(query.getColumn(0).getString());
        return out;
    });
}

}  // namespace lectern
