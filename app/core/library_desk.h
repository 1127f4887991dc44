// What the library's own page asks for and does: documents, what they take, and decisions about
// folders and files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/drop_preview.h"
#include "retrieval/store/library_figures.h"

namespace lectern {

struct LibraryDocument {
    std::filesystem::path path{};
    FileState state = FileState::kWaiting;
    std::int64_t chunks = 0;
    std::string reason{};    ///< kFailed: a sentence
    std::string advice{};    ///< kFailed: what can be done, a sentence
    bool can_retry = false;  ///< kFailed: it may be read next time although it did not change
};

struct DocumentList {
    std::vector<LibraryDocument> documents;  ///< by path
    bool more = false;                       ///< others follow
};

/// A folder or single file that was added, with what it takes on disk.
struct FolderUse {
    std::filesystem::path path{};
    bool is_file = false;
    bool offline = false;
    bool paused = false;
    std::int64_t documents = 0;  ///< whatever their state
    std::int64_t waiting = 0;
    std::int64_t chunks = 0;
    std::int64_t text_bytes = 0, vector_bytes = 0, kv_bytes = 0;
};

struct LibraryUse {
    std::vector<FolderUse> folders;
    DocumentCounts documents;
    std::int64_t kv_bytes = 0, kv_budget_bytes = 0;
    double kv_bytes_expected = 0;  ///< when all passages have KV; 0: not known (no model)
    std::vector<std::pair<std::string, std::int64_t>> kv_by_model;  ///< bytes, most first
    std::int64_t kv_other_bytes = 0;  ///< of passages that are gone, or not looked at yet
};

/// What removing a folder frees.
struct RemovalUse {
    std::int64_t documents = 0;
    std::int64_t text_bytes = 0, vector_bytes = 0, kv_bytes = 0;
};

/// Blocks; any thread. Errors as Library's.
class LibraryDesk {
  public:
    virtual ~LibraryDesk() = default;
    virtual Result<DocumentList> documents(const DocumentQuery& query) = 0;
    virtual Result<LibraryUse> use() = 0;
    /// kNotFound: it is not in the library.
    virtual Result<RemovalUse> removal_of(const std::filesystem::path& folder) = 0;

    // Decisions; each holds from the next run of indexing on.
    virtual Status pause(const std::filesystem::path& folder, bool paused) = 0;
    virtual Status put_first(const std::filesystem::path& folder) = 0;
    virtual Status leave_out(const std::filesystem::path& file) = 0;
    virtual Status try_again(const std::filesystem::path& file) = 0;
    /// Forgets what was added and not read yet. Returns how many documents. Not while index() runs.
    virtual Result<std::int64_t> take_back() = 0;

    /// What adding these would bring, before anything is read. kCancelled.
    virtual Result<DropPreview> preview(const std::vector<std::filesystem::path>& paths,
                                        std::stop_token stop) = 0;
    /// From now on `changed` is called, on a thread of the desk's, when files in the library's
    /// folders changed and it is quiet again. Called again: for the folders there are now; with
    /// nothing: no longer.
    virtual Status watch(std::function<void()> changed) = 0;
};

}  // namespace lectern
