// Second step: what was found against what the library holds → the least that has to be done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

#include "app/core/file_scan.h"
#include "engine/base/hash.h"
#include "retrieval/store/records.h"

namespace lectern {

struct IngestPlan {
    /// The same content at another place, in another folder or with another stamp.
    struct Move {
        std::int64_t document_id = 0;
        FoundFile file;
        bool renamed = false;
    };
    struct Read {
        FoundFile file;
        bool is_new = false;  ///< false: a version of it is indexed
    };
    std::vector<Move> moves;
    std::vector<std::int64_t> removals;  ///< documents
    std::vector<Read> reads;
};

/// Files are compared by stamp; where that differs, by content if the size fits. A document that is
/// not among the files is renamed (another file has its content), kept (its folder is offline or
/// cannot be listed) or removed. A file that failed is read again when its stamp changed, or when
/// the reason may have passed (kIo, kOutOfMemory). kCancelled.
Result<IngestPlan> plan_ingest(const FileScan& scan, std::span<const DocumentRecord> documents,
                               std::stop_token stop);

/// Hash of a file's bytes. kNotFound, kIo, kCancelled.
Result<Hash128> hash_file(const std::filesystem::path& path, std::stop_token stop);

}  // namespace lectern
