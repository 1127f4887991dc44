// What folders take: text, vectors, and which entries of the KV store are theirs.
#include "retrieval/store/library_figures.h"

#include "retrieval/store/library.h"
#include "retrieval/store/library_state.h"

namespace lectern {
namespace {

constexpr const char* kTextBytes =
    "length(CAST(c.text AS BLOB)) + length(CAST(c.context AS BLOB)) + "
    "length(CAST(c.heading_path AS BLOB)) + length(CAST(c.sources AS BLOB))";

/// Of documents d that meet the condition, by folder.
std::string figures_query(const std::string& condition) {
    return std::string("SELECT d.folder, count(*), ") +
           "coalesce(sum(d.hash IS NULL AND d.failure_code IS NULL), 0), "
           "coalesce(sum((SELECT sum(" +
           kTextBytes +
           ") FROM chunks c WHERE c.document = d.id)), 0), "
           "coalesce(sum((SELECT sum(length(v.vector)) FROM chunks c JOIN emb.vectors v "
           "ON v.chunk = c.id WHERE c.document = d.id)), 0) FROM documents d " +
           condition;
}

FolderFigures read_figures(SQLite::Statement& row) {
    return {row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getInt64(),
            row.getColumn(3).getInt64(), row.getColumn(4).getInt64()};
}

/// Documents of folder ?1 that no other added folder holds: they go with it.
constexpr const char* kGoing =
    "WHERE d.folder = ?1 AND NOT EXISTS (SELECT 1 FROM folders o WHERE o.id <> ?1 AND "
    "(o.path = d.path OR "
    "substr(d.path, 1, length(rtrim(o.path, '/')) + 1) = rtrim(o.path, '/') || '/'))";

}  // namespace

Result<std::vector<FolderFigures>> Library::folder_figures() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<FolderFigures>> {
        SQLite::Statement query(db, figures_query("GROUP BY d.folder"));
        std::vector<FolderFigures> out;
        while (query.executeStep()) out.push_back(read_figures(query));
        return out;
    });
}

Result<FolderRemoval> Library::removal_of(const std::filesystem::path& folder) const {
    return state_->read([&](SQLite::Database& db) -> Result<FolderRemoval> {
        SQLite::Statement find(db, "SELECT id FROM folders WHERE path = ?1");
        find.bind(1, folder.string());
        if (!find.executeStep())
            return fail(ErrorCode::kNotFound, folder.string() + " is not in the library.");
        const std::int64_t id = find.getColumn(0).getInt64();
        FolderRemoval removal;
        SQLite::Statement figures(db, figures_query(kGoing));
        figures.bind(1, id);
        if (figures.executeStep()) removal.figures = read_figures(figures);
        SQLite::Statement keys(
            db, std::string("WITH going(chunk) AS (SELECT c.id FROM documents d JOIN chunks c ON "
                            "c.document = d.id ") +
                    kGoing +
                    ") SELECT DISTINCT k.key FROM chunk_kv k JOIN going g ON g.chunk = k.chunk "
                    "WHERE NOT EXISTS (SELECT 1 FROM chunk_kv o WHERE o.key = k.key AND o.chunk "
                    "NOT IN (SELECT chunk FROM going))");
        keys.bind(1, id);
        while (keys.executeStep()) removal.kv.push_back(column_hash(keys.getColumn(0)));
        return removal;
    });
}

Result<std::vector<KvNote>> Library::kv_notes() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<KvNote>> {
        SQLite::Statement query(db,
                                "SELECT k.key, min(d.folder), min(k.model) FROM chunk_kv k "
                                "JOIN chunks c ON c.id = k.chunk "
                                "JOIN documents d ON d.id = c.document GROUP BY k.key");
        std::vector<KvNote> out;
        while (query.executeStep())
            out.push_back({column_hash(query.getColumn(0)), query.getColumn(1).getInt64(),
                           query.getColumn(2).getString()});
        return out;
    });
}

Status Library::note_kv(std::int64_t chunk_id, const Hash128& key, const std::string& model) {
    return state_->read([&](SQLite::Database& db) -> Status {
        SQLite::Statement note(db,
                               "INSERT OR IGNORE INTO chunk_kv(chunk, key, model) "
                               "SELECT id, ?2, ?3 FROM chunks WHERE id = ?1");
        note.bind(1, chunk_id);
        bind_hash(note, 2, key);
        note.bind(3, model);
        note.exec();
        return {};
    });
}

}  // namespace lectern
