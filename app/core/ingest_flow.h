// The way of a document: folder → scan → read → split → embed → index → KV. Of the core's classes,
// only this one writes the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/question_gate.h"
#include "retrieval/chunk/chunker.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/search/searcher.h"
#include "retrieval/store/library.h"

namespace lectern {

/// Reads one file; the application binds read_in_child. Called on the ingest thread.
using ReadDocument =
    std::function<Result<ParsedDocument>(const std::filesystem::path& path, std::stop_token stop)>;

/// Computes and puts the KV of the library's chunks that have none yet, as far as the budget goes;
/// `on_done` is told how many have it so far. Returns the bytes of KV in the store afterwards.
/// Errors as KvStore::put; kCancelled keeps what was put.
using PrecomputeKv = std::function<Result<std::int64_t>(
    const std::function<void(std::int64_t)>& on_done, std::stop_token stop)>;

/// What the flow stands on. All must outlive it.
struct IngestParts {
    Library* library = nullptr;
    Embedder* embedder =
        nullptr;  ///< nullptr: lexical search only; vectors follow when there is one
    Searcher* searcher = nullptr;  ///< refreshed when a run ends; may be nullptr
    QuestionGate* gate = nullptr;  ///< indexing waits while a question holds it; may be nullptr
    ReadDocument read;
    std::function<bool(std::string_view extension)> knows_extension;  ///< ReaderRegistry's
    PrecomputeKv precompute_kv;     ///< needed for KvPolicy::kAll alone
    double kv_bytes_per_chunk = 0;  ///< usually; 0: not known
};

class IngestFlow {
  public:
    explicit IngestFlow(IngestParts parts, ChunkOptions chunking = {});

    /// Adds `paths` (folders or single files; none: only brings what is there up to date) and
    /// returns when all is indexed. A file that gives nothing is in the report's `failed` and stops
    /// nothing; a stop leaves what is done and returns cancelled = true; the next run goes on from
    /// there. kNotFound: a path that does not exist (nothing was added). kBusy: another process is
    /// indexing this library. kReadOnly, kDiskFull, kCorrupt, kIo: the library could not be
    /// written; what was committed stays. kv_bytes is set with KvPolicy::kAll only. One run at a
    /// time; events come on the calling thread.
    Result<IngestReport> run(const std::vector<std::filesystem::path>& paths, KvPolicy kv,
                             const IngestEvents& events, std::stop_token stop);

    /// Forgets what was added and not read yet: such files are left out, folders without any other
    /// file go. Returns how many documents. Errors as run().
    Result<std::int64_t> take_back();

    /// Forgets an added folder or file with its documents. kNotFound, and as run().
    Status remove(const std::filesystem::path& path);

  private:
    IngestParts parts_;
    ChunkOptions chunking_;
};

}  // namespace lectern
