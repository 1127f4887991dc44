// What the library can tell of itself at a glance: pages of documents, and what folders take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "retrieval/store/records.h"

namespace lectern {

/// Documents in the order of their paths.
struct DocumentQuery {
    std::string filter{};           ///< part of the path, whatever its case; empty: all
    bool failed_only = false;       ///< those of which the last attempt at reading gave nothing
    std::filesystem::path after{};  ///< the page begins behind it
    int limit = 200;
};

struct DocumentPage {
    std::vector<DocumentRecord> documents;
    bool more = false;  ///< others follow
};

struct DocumentCounts {
    std::int64_t all = 0;
    std::int64_t waiting = 0;  ///< never read, and no attempt failed
    std::int64_t failed = 0;   ///< as DocumentQuery::failed_only
};

/// Of one folder, or of what removing it takes away.
struct FolderFigures {
    std::int64_t folder_id = 0;
    std::int64_t documents = 0;  ///< whatever their state
    std::int64_t waiting = 0;
    std::int64_t text_bytes = 0;    ///< of its chunks, with titles, headings and places
    std::int64_t vector_bytes = 0;  ///< of their embeddings
};

/// An entry of the KV store that holds chunks of a folder.
struct KvNote {
    Hash128 key;
    std::int64_t folder_id = 0;
    std::string model;
};

struct FolderRemoval {
    FolderFigures figures;
    std::vector<Hash128> kv;  ///< keys that hold no other chunk of the library
};

}  // namespace lectern
