// What a run of indexing has to do, a file each, and in which order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "retrieval/store/records.h"

namespace lectern {

/// A file on its way: read first where that is needed, then embedded.
struct IngestWork {
    std::filesystem::path path;
    std::int64_t document_id = 0;
    std::int64_t bytes = 0;
    FileStamp stamp;
    std::int64_t folder_id = 0;
    bool must_read = false;
    bool is_new = false;
    bool clear_failure = false;  ///< its text was read, but embedding it failed
    double expected_chunks = 0;  ///< where must_read
    int chunks = 0;
};

/// Without the files of folders that are paused; the smallest first of those whose folders are in
/// the same place of the line.
std::vector<IngestWork> take_turns(std::vector<IngestWork> work,
                                   const std::vector<FolderRecord>& folders);

}  // namespace lectern
