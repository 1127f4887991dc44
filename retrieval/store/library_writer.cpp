#include "retrieval/store/library_writer.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "retrieval/store/library_writer_state.h"

namespace lectern {
namespace {

std::string sources_json(const std::vector<SourceSpan>& sources) {
    nlohmann::json out = nlohmann::json::array();
    for (const SourceSpan& span : sources) out.push_back({span.page, span.begin, span.length});
    return out.dump();
}

void drop_vectors_of(SQLite::Database& db, std::int64_t chunk_id) {
    SQLite::Statement drop(db, "DELETE FROM emb.vectors WHERE chunk = ?1");
    drop.bind(1, chunk_id);
    if (drop.exec() > 0) db.exec("UPDATE emb.state SET removals = removals + 1");
}

void drop_chunk(SQLite::Database& db, std::int64_t chunk_id) {
    drop_vectors_of(db, chunk_id);
    SQLite::Statement drop(db, "DELETE FROM chunks WHERE id = ?1");
    drop.bind(1, chunk_id);
    drop.exec();
}

/// A document's chunks by what was embedded and indexed of them.
using ChunksByText = std::multimap<std::pair<std::string, std::string>, std::int64_t>;

ChunksByText chunks_by_text(SQLite::Database& db, std::int64_t document_id) {
    ChunksByText out;
    SQLite::Statement query(db,
                            "SELECT id, context, text FROM chunks WHERE document = ?1 "
                            "ORDER BY ordinal");
    query.bind(1, document_id);
    while (query.executeStep())
        out.emplace(std::pair(query.getColumn(1).getString(), query.getColumn(2).getString()),
                    query.getColumn(0).getInt64());
    return out;
}

void write_chunks(SQLite::Database& db, std::int64_t document_id, const NewDocument& document) {
    ChunksByText old = chunks_by_text(db, document_id);
    SQLite::Statement insert(db,
                             "INSERT INTO chunks(document, ordinal, heading_path, page, sources, "
                             "context, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    SQLite::Statement keep(db,
                           "UPDATE chunks SET document = ?1, ordinal = ?2, heading_path = ?3, "
                           "page = ?4, sources = ?5 WHERE id = ?6");
    int ordinal = 0;
    for (const Chunk& chunk : document.chunks) {
        const std::string context = chunk_context(document.title, chunk.heading_path);
        const auto same = old.find({context, chunk.text});
        SQLite::Statement& write = same == old.end() ? insert : keep;
        write.reset();
        write.bind(1, document_id);
        write.bind(2, ordinal++);
        write.bind(3, chunk.heading_path);
        write.bind(4, chunk.page);
        write.bind(5, sources_json(chunk.sources));
        if (same == old.end()) {
            write.bind(6, context);
            write.bind(7, chunk.text);
        } else {
            write.bind(6, same->second);
            old.erase(same);
        }
        write.exec();
    }
    for (const auto& [text, id] : old) drop_chunk(db, id);
}

std::int64_t document_at(SQLite::Database& db, const std::filesystem::path& path) {
    SQLite::Statement query(db, "SELECT id FROM documents WHERE path = ?1");
    query.bind(1, path.string());
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

/// The id of the document at a path, made where there is none.
std::int64_t claim_document(SQLite::Database& db, std::int64_t folder_id,
                            const std::filesystem::path& path) {
    SQLite::Statement insert(db,
                             "INSERT INTO documents(folder, path) VALUES (?1, ?2) "
                             "ON CONFLICT(path) DO UPDATE SET folder = excluded.folder");
    insert.bind(1, folder_id);
    insert.bind(2, path.string());
    insert.exec();
    return document_at(db, path);
}

void remove_document(SQLite::Database& db, std::int64_t document_id) {
    for (const auto& [text, id] : chunks_by_text(db, document_id)) drop_chunk(db, id);
    SQLite::Statement drop(db, "DELETE FROM documents WHERE id = ?1");
    drop.bind(1, document_id);
    drop.exec();
}

bool lies_in(const std::string& path, const std::string& folder) {
    return path == folder || path.starts_with(folder.ends_with('/') ? folder : folder + "/");
}

/// The deepest other folder that holds `path`; 0: none.
std::int64_t other_folder_of(SQLite::Database& db, const std::string& path, std::int64_t but) {
    SQLite::Statement query(db,
                            "SELECT id, path FROM folders WHERE id <> ?1 "
                            "ORDER BY length(path) DESC");
    query.bind(1, but);
    while (query.executeStep())
        if (lies_in(path, query.getColumn(1).getString())) return query.getColumn(0).getInt64();
    return 0;
}

void give_document_away(SQLite::Database& db, std::int64_t document_id, const std::string& path,
                        std::int64_t folder_id) {
    const std::int64_t heir = other_folder_of(db, path, folder_id);
    if (heir == 0) return remove_document(db, document_id);
    SQLite::Statement give(db, "UPDATE documents SET folder = ?2 WHERE id = ?1");
    give.bind(1, document_id);
    give.bind(2, heir);
    give.exec();
}

std::int64_t embedder_id(SQLite::Database& db, const Hash128& fingerprint) {
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO emb.embedders(fingerprint) VALUES (?1)");
    bind_hash(insert, 1, fingerprint);
    insert.exec();
    SQLite::Statement query(db, "SELECT id FROM emb.embedders WHERE fingerprint = ?1");
    bind_hash(query, 1, fingerprint);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void write_vectors(SQLite::Database& db, std::int64_t embedder, const ChunkVectors& chunk) {
    drop_vectors_of(db, chunk.chunk_id);
    SQLite::Statement insert(db,
                             "INSERT INTO emb.vectors(embedder, chunk, window, tokens, vector) "
                             "VALUES (?1, ?2, ?3, ?4, ?5)");
    const auto& [n_windows, n_tokens, vectors] = chunk.vectors;
    const std::size_t dimensions = vectors.size() / static_cast<std::size_t>(n_windows);
    for (int window = 0; window < n_windows; ++window) {
        insert.reset();
        insert.bind(1, embedder);
        insert.bind(2, chunk.chunk_id);
        insert.bind(3, window);
        insert.bind(4, window == 0 ? n_tokens : 0);
        insert.bind(5, vectors.data() + static_cast<std::size_t>(window) * dimensions,
                    static_cast<int>(dimensions * sizeof(float)));
        insert.exec();
    }
}

}  // namespace

Result<std::unique_ptr<LibraryWriter>> Library::begin_writing() {
    LECTERN_ASSIGN(WriterLease lease, WriterLease::take(state_->folder));
    auto db = guarded(state_->folder, [&]() -> Result<std::unique_ptr<SQLite::Database>> {
        return connect(state_->folder, /*read_only=*/false, state_->options);
    });
    if (!db) return tl::unexpected<Error>(std::move(db).error());
    auto state = std::unique_ptr<LibraryWriter::State>(
        new LibraryWriter::State{*state_, std::move(lease), std::move(*db)});
    std::unique_ptr<LibraryWriter> writer(new LibraryWriter(std::move(state)));
    LECTERN_TRY(writer->drop_orphaned_vectors());
    return writer;
}

LibraryWriter::LibraryWriter(std::unique_ptr<State> state) : state_(std::move(state)) {
    state_->library.writing = true;
}
LibraryWriter::~LibraryWriter() { state_->library.writing = false; }

Result<std::int64_t> LibraryWriter::add_folder(const std::filesystem::path& path, bool is_file) {
    return state_->write([&](SQLite::Database& db) -> Result<std::int64_t> {
        SQLite::Statement insert(db,
                                 "INSERT INTO folders(path, is_file) VALUES (?1, ?2) "
                                 "ON CONFLICT(path) DO UPDATE SET is_file = excluded.is_file");
        insert.bind(1, path.string());
        insert.bind(2, is_file ? 1 : 0);
        insert.exec();
        SQLite::Statement query(db, "SELECT id FROM folders WHERE path = ?1");
        query.bind(1, path.string());
        query.executeStep();
        SQLite::Statement take_up(db,
                                  "DELETE FROM left_out WHERE path = ?1 OR "
                                  "substr(path, 1, length(?1) + 1) = ?1 || '/'");
        take_up.bind(1, path.string());
        take_up.exec();
        return query.getColumn(0).getInt64();
    });
}

Status LibraryWriter::remove_folder(const std::filesystem::path& path) {
    return state_->write([&](SQLite::Database& db) -> Status {
        SQLite::Statement find(db, "SELECT id FROM folders WHERE path = ?1");
        find.bind(1, path.string());
        if (!find.executeStep())
            return fail(ErrorCode::kNotFound, path.string() + " is not in the library.");
        const std::int64_t folder_id = find.getColumn(0).getInt64();
        std::vector<std::pair<std::int64_t, std::string>> documents;
        SQLite::Statement query(db, "SELECT id, path FROM documents WHERE folder = ?1");
        query.bind(1, folder_id);
        while (query.executeStep())
            documents.emplace_back(query.getColumn(0).getInt64(), query.getColumn(1).getString());
        for (const auto& [id, document_path] : documents)
            give_document_away(db, id, document_path, folder_id);
        SQLite::Statement drop(db, "DELETE FROM folders WHERE id = ?1");
        drop.bind(1, folder_id);
        drop.exec();
        return {};
    });
}

Status LibraryWriter::set_folder_seen(std::int64_t folder_id, bool offline, std::uint64_t device) {
    return state_->write([&](SQLite::Database& db) -> Status {
        SQLite::Statement update(db, "UPDATE folders SET offline = ?2, device = ?3 WHERE id = ?1");
        update.bind(1, folder_id);
        update.bind(2, offline ? 1 : 0);
        update.bind(3, static_cast<std::int64_t>(device));
        update.exec();
        return {};
    });
}

Result<std::int64_t> LibraryWriter::put_document(const NewDocument& document) {
    return state_->write([&](SQLite::Database& db) -> Result<std::int64_t> {
        const std::int64_t id = claim_document(db, document.folder_id, document.path);
        SQLite::Statement update(
            db,
            "UPDATE documents SET size = ?2, mtime = ?3, hash = ?4, format = ?5, title = ?6, "
            "n_pages = ?7, note = ?8, failure_code = NULL, failure_reason = '' WHERE id = ?1");
        update.bind(1, id);
        update.bind(2, document.stamp.size_bytes);
        update.bind(3, document.stamp.mtime_ns);
        bind_hash(update, 4, document.content_hash);
        update.bind(5, document.format);
        update.bind(6, document.title);
        update.bind(7, document.n_pages);
        update.bind(8, document.note);
        update.exec();
        write_chunks(db, id, document);
        return id;
    });
}

Result<std::int64_t> LibraryWriter::put_failure(std::int64_t folder_id,
                                                const std::filesystem::path& path,
                                                const ReadFailure& failure) {
    return state_->write([&](SQLite::Database& db) -> Result<std::int64_t> {
        const std::int64_t id = claim_document(db, folder_id, path);
        SQLite::Statement update(db,
                                 "UPDATE documents SET failure_code = ?2, failure_reason = ?3, "
                                 "failed_size = ?4, failed_mtime = ?5 WHERE id = ?1");
        update.bind(1, id);
        update.bind(2, static_cast<int>(failure.code));
        update.bind(3, failure.reason);
        update.bind(4, failure.stamp.size_bytes);
        update.bind(5, failure.stamp.mtime_ns);
        update.exec();
        return id;
    });
}

Status LibraryWriter::move_document(std::int64_t document_id, std::int64_t folder_id,
                                    const std::filesystem::path& path, const FileStamp& stamp) {
    return state_->write([&](SQLite::Database& db) -> Status {
        const std::int64_t there = document_at(db, path);
        if (there != 0 && there != document_id) remove_document(db, there);
        SQLite::Statement update(db,
                                 "UPDATE documents SET folder = ?2, path = ?3, size = ?4, "
                                 "mtime = ?5, failure_code = NULL, failure_reason = '' "
                                 "WHERE id = ?1");
        update.bind(1, document_id);
        update.bind(2, folder_id);
        update.bind(3, path.string());
        update.bind(4, stamp.size_bytes);
        update.bind(5, stamp.mtime_ns);
        update.exec();
        return {};
    });
}

Status LibraryWriter::touch_document(std::int64_t document_id, const FileStamp& stamp) {
    return state_->write([&](SQLite::Database& db) -> Status {
        SQLite::Statement update(db,
                                 "UPDATE documents SET size = ?2, mtime = ?3, failure_code = NULL, "
                                 "failure_reason = '' WHERE id = ?1");
        update.bind(1, document_id);
        update.bind(2, stamp.size_bytes);
        update.bind(3, stamp.mtime_ns);
        update.exec();
        return {};
    });
}

Status LibraryWriter::remove_documents(std::span<const std::int64_t> document_ids) {
    return state_->write([&](SQLite::Database& db) -> Status {
        for (const std::int64_t id : document_ids) remove_document(db, id);
        return {};
    });
}

Status LibraryWriter::put_vectors(const Hash128& embedder, std::span<const ChunkVectors> chunks) {
    return state_->write([&](SQLite::Database& db) -> Status {
        const std::int64_t id = embedder_id(db, embedder);
        SQLite::Statement exists(db, "SELECT 1 FROM chunks WHERE id = ?1");
        for (const ChunkVectors& chunk : chunks) {
            exists.reset();
            exists.bind(1, chunk.chunk_id);
            if (exists.executeStep()) write_vectors(db, id, chunk);
        }
        return {};
    });
}

Status LibraryWriter::drop_orphaned_vectors() {
    return state_->write([](SQLite::Database& db) -> Status {
        const int dropped =
            db.exec("DELETE FROM emb.vectors WHERE chunk NOT IN (SELECT id FROM main.chunks)");
        if (dropped > 0) db.exec("UPDATE emb.state SET removals = removals + 1");
        return {};
    });
}

}  // namespace lectern
