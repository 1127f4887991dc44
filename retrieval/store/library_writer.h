// Changes to the library, by the one holder of its writer lease.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "retrieval/chunk/chunker.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/store/library.h"

namespace lectern {

/// A version of a document that was read and split.
struct NewDocument {
    std::int64_t folder_id = 0;
    std::filesystem::path path;
    FileStamp stamp;
    Hash128 content_hash;
    std::string format, title, note;
    int n_pages = 0;
    std::vector<Chunk> chunks;
};

struct ChunkVectors {
    std::int64_t chunk_id = 0;
    PassageVectors vectors;
};

/// From Library::begin_writing(). One thread at a time. Every method is one transaction: done
/// completely or, with an error (as Library's), not at all.
class LibraryWriter {
  public:
    ~LibraryWriter();

    /// An absolute path; adding it again takes up what was left out below it. Returns the folder's
    /// id.
    Result<std::int64_t> add_folder(const std::filesystem::path& path, bool is_file);
    /// With its documents, except those that another added folder holds too. kNotFound.
    Status remove_folder(const std::filesystem::path& path);
    Status set_folder_seen(std::int64_t folder_id, bool offline, std::uint64_t device);

    /// Adds the document at `path` or replaces its version; clears its failure. Chunks whose text
    /// and context stay keep id and vectors. Returns the document's id.
    Result<std::int64_t> put_document(const NewDocument& document);
    /// Remembers that reading failed; an indexed version is kept. Returns the document's id.
    Result<std::int64_t> put_failure(std::int64_t folder_id, const std::filesystem::path& path,
                                     const ReadFailure& failure);
    /// The same content at a new place: chunks and vectors stay.
    Status move_document(std::int64_t document_id, std::int64_t folder_id,
                         const std::filesystem::path& path, const FileStamp& stamp);
    /// The same content with a new stamp; clears the failure.
    Status touch_document(std::int64_t document_id, const FileStamp& stamp);
    /// Files that are to be read: from now on the library lists them as waiting.
    struct Expected {
        std::int64_t folder_id = 0;
        std::filesystem::path path;
    };
    Status expect_documents(std::span<const Expected> files);
    /// Leaves out every document that waits in a folder that is not paused, and forgets folders
    /// that have none then. Returns how many documents it took back.
    Result<std::int64_t> take_back_waiting();
    Status remove_documents(std::span<const std::int64_t> document_ids);

    /// Vectors of chunks that have none of this embedder; those of other embedders go. Chunks that
    /// are gone are passed over.
    Status put_vectors(const Hash128& embedder, std::span<const ChunkVectors> chunks);
    /// Drops vectors whose chunks are gone (two databases are not one transaction in a power cut).
    Status drop_orphaned_vectors();

  private:
    friend class Library;
    struct State;
    explicit LibraryWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lectern
