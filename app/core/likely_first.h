// Which passages' KV is computed first while nothing else goes on: those that are likeliest to be
// asked for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "retrieval/store/records.h"

namespace lectern {

/// What the library knows.
struct LikelyInputs {
    std::span<const ChunkPlace> chunks;  ///< all of them, by document and ordinal
    std::span<const DocumentRecord> documents;
    std::span<const std::int64_t> used;      ///< chunks that answers were given from
    std::span<const std::string> questions;  ///< asked before
    std::int64_t now_ns = 0;                 ///< since the Unix epoch, as FileStamp::mtime_ns
};

/// Ids of the chunks, the likeliest first; what is equally likely stays in its order. A chunk's
/// score is the sum of three parts, each from 0 to 1:
/// - use: 1 for what was used and what lies beside it, ½ for the rest of the same document;
/// - title: the share of the words of its document's title that past questions held;
/// - age: 1 for a file changed just now, half of it for every 30 days since.
std::vector<std::int64_t> likely_first(const LikelyInputs& known);

}  // namespace lectern
