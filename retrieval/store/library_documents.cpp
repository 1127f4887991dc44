// The library's documents: all, page by page, and how many there are in each state.
#include <unicode/unistr.h>

#include "retrieval/store/library.h"
#include "retrieval/store/library_state.h"

namespace lectern {
namespace {

constexpr const char* kDocuments =
    "SELECT d.id, d.folder, d.path, d.size, d.mtime, d.hash, d.failure_code, d.failure_reason, "
    "d.failed_size, d.failed_mtime, d.format, d.title, d.note, d.n_pages, f.offline, "
    "(SELECT count(*) FROM chunks c WHERE c.document = d.id) "
    "FROM documents d JOIN folders f ON f.id = d.folder WHERE d.path > ?1 ";
constexpr const char* kByPath = "ORDER BY d.path";
constexpr const char* kFailedByPath = "AND d.failure_code IS NOT NULL ORDER BY d.path";

DocumentRecord read_document(SQLite::Statement& row) {
    DocumentRecord document;
    document.id = row.getColumn(0).getInt64();
    document.folder_id = row.getColumn(1).getInt64();
    document.path = row.getColumn(2).getString();
    document.stamp = {row.getColumn(3).getInt64(), row.getColumn(4).getInt64()};
    document.indexed = !row.getColumn(5).isNull();
    document.content_hash = column_hash(row.getColumn(5));
    document.failed = !row.getColumn(6).isNull();
    document.failure = {static_cast<ErrorCode>(row.getColumn(6).getInt()),
                        row.getColumn(7).getString(),
                        {row.getColumn(8).getInt64(), row.getColumn(9).getInt64()}};
    document.format = row.getColumn(10).getString();
    document.title = row.getColumn(11).getString();
    document.note = row.getColumn(12).getString();
    document.n_pages = row.getColumn(13).getInt();
    document.offline = row.getColumn(14).getInt() != 0;
    document.chunks = row.getColumn(15).getInt64();
    return document;
}

icu::UnicodeString folded(const std::string& text) {
    return icu::UnicodeString::fromUTF8(text).foldCase();
}

}  // namespace

Result<std::vector<DocumentRecord>> Library::documents() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<DocumentRecord>> {
        SQLite::Statement query(db, std::string(kDocuments) + kByPath);
        query.bind(1, std::string());
        std::vector<DocumentRecord> out;
        while (query.executeStep()) out.push_back(read_document(query));
        return out;
    });
}

Result<DocumentPage> Library::documents(const DocumentQuery& wanted) const {
    return state_->read([&](SQLite::Database& db) -> Result<DocumentPage> {
        SQLite::Statement query(
            db, std::string(kDocuments) + (wanted.failed_only ? kFailedByPath : kByPath));
        query.bind(1, wanted.after.string());
        const icu::UnicodeString filter = folded(wanted.filter);
        DocumentPage page;
        while (query.executeStep()) {
            const bool matches =
                filter.isEmpty() || folded(query.getColumn(2).getString()).indexOf(filter) >= 0;
            if (!matches) continue;
            page.more = static_cast<int>(page.documents.size()) == wanted.limit;
            if (page.more) break;
            page.documents.push_back(read_document(query));
        }
        return page;
    });
}

Result<DocumentCounts> Library::document_counts() const {
    return state_->read([](SQLite::Database& db) -> Result<DocumentCounts> {
        SQLite::Statement query(db,
                                "SELECT count(*), count(failure_code), "
                                "coalesce(sum(hash IS NULL AND failure_code IS NULL), 0) "
                                "FROM documents");
        DocumentCounts counts;
        if (!query.executeStep()) return counts;
        counts.all = query.getColumn(0).getInt64();
        counts.failed = query.getColumn(1).getInt64();
        counts.waiting = query.getColumn(2).getInt64();
        return counts;
    });
}

}  // namespace lectern
