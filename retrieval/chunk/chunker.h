// Documents → chunks: by structure and characters, independent of any model.
#pragma once

#include <string>
#include <vector>

#include "retrieval/document/document.h"

namespace lectern {

struct ChunkOptions {
    int target_chars = 1600;  ///< Unicode code points
    int min_chars = 200;      ///< smaller neighbours under the same heading are merged
    int overlap_sentences =
        0;  ///< sentences repeated from the chunk before, where a section is split
};

struct Chunk {
    std::string
        text;  ///< what is embedded, indexed, tokenised and cited; begins with no heading path
    std::string heading_path;         ///< "Chapter › Section", may be empty
    int page = 0;                     ///< first page; 0 where the format has none
    std::vector<SourceSpan> sources;  ///< in reading order
};

/// Chunks in reading order; every block's text is in one of them. Long blocks are split at sentence
/// ends (ICU), tables and code at lines. A chunk is never empty and never over 1.5 × target_chars.
std::vector<Chunk> split_document(const ParsedDocument& document, const ChunkOptions& options);

}  // namespace lectern
