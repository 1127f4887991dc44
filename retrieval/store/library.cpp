#include "retrieval/store/library.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "retrieval/store/connection.h"
#include "retrieval/store/library_state.h"
#include "retrieval/store/schema.h"

namespace lectern {
namespace {

/// bm25 weights of a chunk's text and of its context (title and headings).
constexpr const char* kMatch =
    "SELECT rowid, bm25(chunks_fts, 1.0, 1.0) AS badness FROM chunks_fts "
    "WHERE chunks_fts MATCH ?1 ORDER BY badness, rowid LIMIT ?2";

constexpr const char* kChunkColumns =
    "SELECT c.id, c.document, d.path, d.title, c.ordinal, c.text, c.heading_path, c.context, "
    "c.page, c.sources, d.size, d.mtime FROM chunks c JOIN documents d ON d.id = c.document WHERE "
    "c.id = ?1";

constexpr const char* kFolders =
    "SELECT f.id, f.path, f.is_file, f.offline, f.device, f.paused, f.turn, "
    "(SELECT count(*) FROM documents d WHERE d.folder = f.id AND d.hash IS NOT NULL), "
    "(SELECT count(*) FROM documents d JOIN chunks c ON c.document = d.id WHERE d.folder = f.id) "
    "FROM folders f ORDER BY f.path";

/// Of a chunk c, for the embedder with fingerprint ?1.
constexpr const char* kHasNoVectors =
    "NOT EXISTS (SELECT 1 FROM emb.vectors v JOIN emb.embedders e ON e.id = v.embedder "
    "WHERE v.chunk = c.id AND v.window = 0 AND e.fingerprint = ?1)";

std::vector<SourceSpan> parse_sources(const std::string& json) {
    std::vector<SourceSpan> out;
    for (const auto& span : nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false)) {
        if (!span.is_array() || span.size() != 3) continue;
        out.push_back({span[0].get<std::int32_t>(), span[1].get<std::int64_t>(),
                       span[2].get<std::int64_t>()});
    }
    return out;
}

std::optional<ChunkRecord> read_chunk(SQLite::Statement& query, std::int64_t id) {
    query.reset();
    query.bind(1, id);
    if (!query.executeStep()) return std::nullopt;
    ChunkRecord chunk;
    chunk.id = query.getColumn(0).getInt64();
    chunk.document_id = query.getColumn(1).getInt64();
    chunk.path = query.getColumn(2).getString();
    chunk.title = query.getColumn(3).getString();
    chunk.ordinal = query.getColumn(4).getInt();
    chunk.text = query.getColumn(5).getString();
    chunk.heading_path = query.getColumn(6).getString();
    chunk.context = query.getColumn(7).getString();
    chunk.page = query.getColumn(8).getInt();
    chunk.sources = parse_sources(query.getColumn(9).getString());
    chunk.stamp = {query.getColumn(10).getInt64(), query.getColumn(11).getInt64()};
    return chunk;
}

/// Which of the two files is damaged: the embeddings can be made again.
Error name_damaged_file(Error error, const std::filesystem::path& folder) {
    if (error.code != ErrorCode::kCorrupt) return error;
    try {
        SQLite::Database main(library_file(folder), SQLite::OPEN_READONLY);
        main.execAndGet("SELECT count(*) FROM folders");
    } catch (const SQLite::Exception&) {
        return error;
    }
    return {ErrorCode::kCorrupt, embeddings_file(folder).string() + " is damaged.",
            "Move this one file away; the next indexing makes it again from the stored texts."};
}

Status make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) return {};
    return fail(
        std::filesystem::exists(folder) ? ErrorCode::kIo : ErrorCode::kNotFound,
        "The library folder " + folder.string() + " cannot be made: " + error.message() + ".",
        "Choose another place with --library.");
}

std::vector<std::int64_t> read_ids(SQLite::Statement& query) {
    std::vector<std::int64_t> ids;
    while (query.executeStep()) ids.push_back(query.getColumn(0).getInt64());
    return ids;
}

}  // namespace

Library::Library(std::unique_ptr<State> state) : state_(std::move(state)) {}
Library::~Library() = default;

Result<std::unique_ptr<Library>> Library::open(const std::filesystem::path& folder,
                                               const LibraryOptions& options) {
    LECTERN_TRY(make_folder(folder));
    auto state = std::make_unique<State>();
    state->folder = folder;
    state->options = options;
    state->read_only = !is_writable_folder(folder);
    if (state->read_only && !std::filesystem::exists(library_file(folder)))
        return fail(ErrorCode::kReadOnly,
                    "There is no library in " + folder.string() + ", and it cannot be written.",
                    "Choose another place with --library.");
    auto opened = guarded(folder, [&]() -> Status {
        state->db = connect(folder, state->read_only, options);
        return state->read_only ? check_version(*state->db, folder) : migrate(*state->db, folder);
    });
    if (!opened) return tl::unexpected<Error>(name_damaged_file(std::move(opened).error(), folder));
    return std::unique_ptr<Library>(new Library(std::move(state)));
}

const std::filesystem::path& Library::folder() const { return state_->folder; }
bool Library::read_only() const { return state_->read_only; }

bool Library::writer_elsewhere() const {
    return !state_->writing && WriterLease::is_taken(state_->folder);
}

Result<std::vector<FolderRecord>> Library::folders() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<FolderRecord>> {
        SQLite::Statement query(db, kFolders);
        std::vector<FolderRecord> out;
        while (query.executeStep()) {
            FolderRecord folder;
            folder.id = query.getColumn(0).getInt64();
            folder.path = query.getColumn(1).getString();
            folder.is_file = query.getColumn(2).getInt() != 0;
            folder.offline = query.getColumn(3).getInt() != 0;
            folder.device = static_cast<std::uint64_t>(query.getColumn(4).getInt64());
            folder.paused = query.getColumn(5).getInt() != 0;
            folder.turn = query.getColumn(6).getInt64();
            folder.documents = query.getColumn(7).getInt64();
            folder.chunks = query.getColumn(8).getInt64();
            out.push_back(std::move(folder));
        }
        return out;
    });
}

Result<LibraryCounts> Library::counts() const {
    return state_->read([](SQLite::Database& db) -> Result<LibraryCounts> {
        LibraryCounts counts;
        counts.documents =
            db.execAndGet("SELECT count(*) FROM documents WHERE hash IS NOT NULL").getInt64();
        counts.chunks = db.execAndGet("SELECT count(*) FROM chunks").getInt64();
        counts.tokens =
            db.execAndGet("SELECT coalesce(sum(tokens), 0) FROM emb.vectors").getInt64();
        return counts;
    });
}

Result<ChunkRecord> Library::chunk(std::int64_t chunk_id) const {
    LECTERN_ASSIGN(auto found, chunks(std::span(&chunk_id, 1)));
    if (found.empty())
        return fail(ErrorCode::kNotFound, "The library holds no passage with this number.",
                    "Its document may have changed or been removed.");
    return std::move(found.front());
}

Result<std::vector<ChunkRecord>> Library::chunks(std::span<const std::int64_t> chunk_ids) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<ChunkRecord>> {
        SQLite::Statement query(db, kChunkColumns);
        std::vector<ChunkRecord> out;
        for (const std::int64_t id : chunk_ids)
            if (auto chunk = read_chunk(query, id)) out.push_back(std::move(*chunk));
        return out;
    });
}

Result<std::vector<std::int64_t>> Library::chunks_without_vectors(const Hash128& embedder,
                                                                  std::int64_t document_id) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(db, std::string("SELECT c.id FROM chunks c WHERE ") +
                                        kHasNoVectors + " AND c.document = ?2 ORDER BY c.ordinal");
        bind_hash(query, 1, embedder);
        query.bind(2, document_id);
        return read_ids(query);
    });
}

Result<std::vector<std::int64_t>> Library::documents_without_vectors(
    const Hash128& embedder) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(
            db, std::string("SELECT DISTINCT c.document FROM chunks c WHERE ") + kHasNoVectors);
        bind_hash(query, 1, embedder);
        return read_ids(query);
    });
}

Result<std::vector<ScoredChunk>> Library::match(const std::string& fts_expression,
                                                int limit) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<ScoredChunk>> {
        SQLite::Statement query(db, kMatch);
        query.bind(1, fts_expression);
        query.bind(2, limit);
        std::vector<ScoredChunk> out;
        while (query.executeStep())
            out.push_back({query.getColumn(0).getInt64(), -query.getColumn(1).getDouble()});
        return out;
    });
}

Result<VectorGeneration> Library::vector_generation() const {
    return state_->read([](SQLite::Database& db) -> Result<VectorGeneration> {
        SQLite::Statement query(db,
                                "SELECT epoch, removals, (SELECT coalesce(max(row), 0) "
                                "FROM emb.vectors) FROM emb.state");
        VectorGeneration generation;
        if (!query.executeStep()) return generation;
        generation.epoch = query.getColumn(0).getInt64();
        generation.removals = query.getColumn(1).getInt64();
        generation.last_row = query.getColumn(2).getInt64();
        return generation;
    });
}

Result<std::vector<StoredVector>> Library::vectors_after(const Hash128& embedder,
                                                         std::int64_t after_row, int limit) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<StoredVector>> {
        SQLite::Statement query(
            db,
            "SELECT row, chunk, window, vector FROM emb.vectors WHERE row > ?2 AND embedder = "
            "(SELECT id FROM emb.embedders WHERE fingerprint = ?1) ORDER BY row LIMIT ?3");
        bind_hash(query, 1, embedder);
        query.bind(2, after_row);
        query.bind(3, limit);
        std::vector<StoredVector> out;
        while (query.executeStep()) {
            StoredVector stored{query.getColumn(0).getInt64(),
                                query.getColumn(1).getInt64(),
                                query.getColumn(2).getInt(),
                                {}};
            const SQLite::Column blob = query.getColumn(3);
            stored.vector.resize(static_cast<std::size_t>(blob.getBytes()) / sizeof(float));
            if (!stored.vector.empty())
                std::memcpy(stored.vector.data(), blob.getBlob(),
                            stored.vector.size() * sizeof(float));
            out.push_back(std::move(stored));
        }
        return out;
    });
}

Result<std::vector<std::int64_t>> Library::vector_ids(const Hash128& embedder) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(
            db,
            "SELECT chunk * 65536 + window FROM emb.vectors WHERE embedder = "
            "(SELECT id FROM emb.embedders WHERE fingerprint = ?1) ORDER BY chunk, window");
        bind_hash(query, 1, embedder);
        return read_ids(query);
    });
}

Result<std::optional<std::string>> Library::setting(std::string_view key) const {
    return state_->read([&](SQLite::Database& db) -> Result<std::optional<std::string>> {
        SQLite::Statement query(db, "SELECT value FROM settings WHERE key = ?1");
        query.bind(1, std::string(key));
        if (!query.executeStep()) return std::optional<std::string>();
        return std::optional<std::string>(query.getColumn(0).getString());
    });
}

Status Library::set_setting(std::string_view key, std::string_view value) {
    return state_->read([&](SQLite::Database& db) -> Status {
        SQLite::Statement query(db,
                                "INSERT INTO settings VALUES (?1, ?2) "
                                "ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        query.bind(1, std::string(key));
        query.bind(2, std::string(value));
        query.exec();
        return {};
    });
}

}  // namespace lectern
