// What of the library lies in some of its folders and files.
#include <nlohmann/json.hpp>

#include "retrieval/store/library.h"
#include "retrieval/store/library_state.h"

namespace lectern {
namespace {

/// Of a chunk's document d: it is one of the paths in the JSON array ?1, or lies below one.
constexpr const char* kWithin =
    "EXISTS (SELECT 1 FROM json_each(?1) s WHERE d.path = s.value OR "
    "substr(d.path, 1, length(s.value) + 1) = s.value || '/')";

/// Without slashes at their ends: below "/" is below "".
std::string as_json(std::span<const std::filesystem::path> scope) {
    nlohmann::json paths = nlohmann::json::array();
    for (const std::filesystem::path& path : scope) {
        std::string text = path.lexically_normal().string();
        while (text.ends_with('/')) text.pop_back();
        paths.push_back(std::move(text));
    }
    return paths.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Result<std::vector<std::int64_t>> Library::chunks_within(
    std::span<const std::filesystem::path> scope) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(db, std::string("SELECT c.id FROM chunks c JOIN documents d "
                                                "ON d.id = c.document WHERE ") +
                                        kWithin + " ORDER BY c.id");
        query.bind(1, as_json(scope));
        std::vector<std::int64_t> ids;
        while (query.executeStep()) ids.push_back(query.getColumn(0).getInt64());
        return ids;
    });
}

Result<std::vector<ScoredChunk>> Library::match_within(std::span<const std::filesystem::path> scope,
                                                       const std::string& fts_expression,
                                                       int limit) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<ScoredChunk>> {
        SQLite::Statement query(
            db, std::string("SELECT chunks_fts.rowid, bm25(chunks_fts, 1.0, 1.0) AS badness "
                            "FROM chunks_fts JOIN chunks c ON c.id = chunks_fts.rowid "
                            "JOIN documents d ON d.id = c.document "
                            "WHERE chunks_fts MATCH ?2 AND ") +
                    kWithin + " ORDER BY badness, chunks_fts.rowid LIMIT ?3");
        query.bind(1, as_json(scope));
        query.bind(2, fts_expression);
        query.bind(3, limit);
        std::vector<ScoredChunk> out;
        while (query.executeStep())
            out.push_back({query.getColumn(0).getInt64(), -query.getColumn(1).getDouble()});
        return out;
    });
}

}  // namespace lectern
