// The library: one SQLite database that holds folders, documents, chunks and the lexical index, and
// an attached one with the embeddings. Everything else (FAISS, KV) is a cache of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "retrieval/store/library_figures.h"
#include "retrieval/store/records.h"

namespace lectern {

struct LibraryOptions {
    int busy_timeout_ms = 5000;  ///< how long a statement waits for another process's transaction
    std::int64_t max_bytes = 0;  ///< the database grows no further (kDiskFull); 0: no limit
    bool durable =
        true;  ///< what is committed survives a power cut; false: for throw-away libraries
};

/// A window's vector as stored.
struct StoredVector {
    std::int64_t row = 0;  ///< grows with every vector written, never used again
    std::int64_t chunk = 0;
    int window = 0;  ///< from 0, below 65,536
    std::vector<float> vector;
};

/// Where the vectors stand. While `epoch` and `removals` stay, vectors were only added, and all
/// that is new has rows above `last_row`.
struct VectorGeneration {
    std::int64_t epoch = 0;  ///< drawn when the embeddings were begun anew
    std::int64_t last_row = 0;
    std::int64_t removals = 0;
    bool operator==(const VectorGeneration&) const = default;
};

struct LibraryCounts {
    std::int64_t documents = 0;  ///< indexed
    std::int64_t chunks = 0;
    std::int64_t tokens = 0;  ///< by the embedder's tokenizer, of chunks that have vectors
};

class LibraryWriter;

/// Reading, from any thread; writing goes through the one LibraryWriter. Several Library objects,
/// in one process or in many, may stand on one folder; a reader sees what was committed. Errors of
/// all methods: kCorrupt (damaged; the file is kept), kBusy (locked beyond the timeout), kDiskFull,
/// kReadOnly, kIo.
class Library {
  public:
    /// Opens the library in `folder`, creating folder and files where there are none, and brings an
    /// older schema up to date. A folder that cannot be written is opened for reading only.
    /// kUnsupported: made by a newer version. kCorrupt: not a database or damaged; never deleted.
    /// kNotFound: nothing there and it cannot be created.
    static Result<std::unique_ptr<Library>> open(const std::filesystem::path& folder,
                                                 const LibraryOptions& options = {});
    ~Library();

    const std::filesystem::path& folder() const;
    /// The folder cannot be written at all.
    bool read_only() const;
    /// Whether another Library object, here or in another process, has a LibraryWriter.
    bool writer_elsewhere() const;

    /// Takes the library's writer lease, which the writer holds while it lives. kBusy: another one
    /// has it. kReadOnly: the folder cannot be written. The writer must not outlive the library.
    Result<std::unique_ptr<LibraryWriter>> begin_writing();

    Result<std::vector<FolderRecord>> folders() const;
    Result<std::vector<DocumentRecord>> documents() const;
    Result<DocumentPage> documents(const DocumentQuery& query) const;
    Result<DocumentCounts> document_counts() const;
    Result<LibraryCounts> counts() const;

    /// Reads all text and vectors: not on a thread that somebody waits for. Folders without
    /// documents are not among them.
    Result<std::vector<FolderFigures>> folder_figures() const;
    /// What LibraryWriter::remove_folder would take away, and which KV nothing else needs then.
    /// kNotFound. As slow as folder_figures().
    Result<FolderRemoval> removal_of(const std::filesystem::path& folder) const;

    // Decisions need no lease: each is one small transaction of its own. kNotFound.
    Status pause_folder(const std::filesystem::path& folder, bool paused);
    Status put_folder_first(const std::filesystem::path& folder);
    /// The next run reads it again although it did not change.
    Status try_document_again(const std::filesystem::path& path);
    /// The next run forgets the file, and none reads it until a folder or file that holds it is
    /// added again.
    Status leave_out(const std::filesystem::path& path);
    Result<std::vector<std::filesystem::path>> left_out() const;

    /// The KV store's entry `key` holds the chunk; a chunk that is gone is passed over. Needs no
    /// lease.
    Status note_kv(std::int64_t chunk_id, const Hash128& key, const std::string& model);
    /// Each key once, with one folder that has it.
    Result<std::vector<KvNote>> kv_notes() const;

    /// kNotFound: no such chunk (any more).
    Result<ChunkRecord> chunk(std::int64_t chunk_id) const;
    /// In the order asked for; ids that are gone are left out.
    Result<std::vector<ChunkRecord>> chunks(std::span<const std::int64_t> chunk_ids) const;
    /// All chunks, by document and ordinal.
    Result<std::vector<ChunkPlace>> chunk_places() const;
    /// Ids of a document's chunks without vectors of this embedder, by ordinal.
    Result<std::vector<std::int64_t>> chunks_without_vectors(const Hash128& embedder,
                                                             std::int64_t document_id) const;

    /// Ids of documents of which some chunk has no vectors of this embedder.
    Result<std::vector<std::int64_t>> documents_without_vectors(const Hash128& embedder) const;

    /// The best chunks for an FTS5 expression (made by lexical_query), best first. Score: minus
    /// SQLite's bm25.
    Result<std::vector<ScoredChunk>> match(const std::string& fts_expression, int limit) const;

    /// Ids of the chunks of documents that are one of these paths or lie below one, ascending.
    /// Paths are absolute, in UTF-8.
    Result<std::vector<std::int64_t>> chunks_within(
        std::span<const std::filesystem::path> scope) const;
    /// match() among those: the best of them, however few they are.
    Result<std::vector<ScoredChunk>> match_within(std::span<const std::filesystem::path> scope,
                                                  const std::string& fts_expression,
                                                  int limit) const;

    Result<VectorGeneration> vector_generation() const;
    /// Up to `limit` vectors with rows above `after_row`, in the order of rows.
    Result<std::vector<StoredVector>> vectors_after(const Hash128& embedder, std::int64_t after_row,
                                                    int limit) const;
    /// (chunk, window) of every vector, packed by pack_vector_id, ascending.
    Result<std::vector<std::int64_t>> vector_ids(const Hash128& embedder) const;

    /// An answer was given from these chunks; those that are gone are passed over. Needs no lease:
    /// one small transaction of its own.
    Status note_answer(std::string_view question, std::span<const std::int64_t> chunk_ids);
    /// Ids of the chunks that answers were given from.
    Result<std::vector<std::int64_t>> used_chunks() const;
    /// The last hundred questions that were noted, the latest first.
    Result<std::vector<std::string>> past_questions() const;

    Result<std::optional<std::string>> setting(std::string_view key) const;
    /// Needs no lease: one small transaction of its own.
    Status set_setting(std::string_view key, std::string_view value);

  private:
    friend class LibraryWriter;
    struct State;
    explicit Library(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// chunk · 65,536 + window: a vector's name outside the database.
constexpr std::int64_t pack_vector_id(std::int64_t chunk, int window) {
    return chunk * 65536 + window;
}
constexpr std::int64_t chunk_of_vector_id(std::int64_t id) { return id / 65536; }

}  // namespace lectern
