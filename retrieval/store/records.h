// What the library remembers: folders, documents and their chunks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "retrieval/document/document.h"

namespace lectern {

/// How a file looks without opening it: same stamp, same content (until the hash says otherwise).
struct FileStamp {
    std::int64_t size_bytes = 0;
    std::int64_t mtime_ns = 0;  ///< since the Unix epoch
    bool operator==(const FileStamp&) const = default;
};

/// A folder or single file the person added.
struct FolderRecord {
    std::int64_t id = 0;
    std::filesystem::path path;  ///< absolute
    bool is_file = false;
    bool offline = false;      ///< was unreachable at the last run; its documents are kept
    std::uint64_t device = 0;  ///< of its file system when it was last seen; 0: never seen
    std::int64_t documents = 0, chunks = 0;
    bool paused = false;    ///< its files are not read until it goes on
    std::int64_t turn = 0;  ///< of two folders, that with the higher is read first
};

/// The last attempt at reading a document that gave nothing.
struct ReadFailure {
    ErrorCode code = ErrorCode::kInternal;
    std::string reason;  ///< a sentence
    FileStamp stamp;     ///< of the version that failed
};

struct DocumentRecord {
    std::int64_t id = 0;
    std::int64_t folder_id = 0;
    std::filesystem::path path;  ///< absolute
    FileStamp stamp;             ///< of the version that is indexed
    Hash128 content_hash;        ///< of the version that is indexed
    bool indexed = false;        ///< false: never read successfully, so no chunks
    bool failed = false;         ///< `failure` is set; an indexed document keeps its old version
    ReadFailure failure;
    std::string format, title, note;
    int n_pages = 0;
    std::int64_t chunks = 0;
    bool offline = false;  ///< its folder's
};

/// A chunk with what a hit or a citation shows of its document.
struct ChunkRecord {
    std::int64_t id = 0;
    std::int64_t document_id = 0;
    std::filesystem::path path;
    std::string title;  ///< the document's; may be empty
    int ordinal = 0;    ///< in the document, from 0
    std::string text;
    std::string heading_path;
    std::string context;  ///< what its embedding and its lexical entry begin with (chunk_context)
    int page = 0;         ///< 0: the format has no pages
    std::vector<SourceSpan> sources;
    FileStamp stamp;  ///< of the version that was read
};

/// Where a chunk stands.
struct ChunkPlace {
    std::int64_t id = 0;
    std::int64_t document_id = 0;
    int ordinal = 0;  ///< in the document, from 0
};

struct ScoredChunk {
    std::int64_t chunk_id = 0;
    double score = 0;  ///< higher is better
};

/// The document's title and the heading path as one line, each said once; may be empty.
std::string chunk_context(const std::string& title, const std::string& heading_path);

}  // namespace lectern
