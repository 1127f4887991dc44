// Blocks → pieces: what a chunk is put together from, none longer than a chunk may be.
#pragma once

#include <string>
#include <vector>

#include "retrieval/document/document.h"

namespace lectern {

/// A block or a part of one. Owns its text.
struct Piece {
    std::string text;
    int chars = 0;  ///< code points of text
    SourceSpan source;
    BlockKind kind = BlockKind::kParagraph;
    std::string glue = "\n\n";  ///< stands between the piece before and this one in a chunk
};

/// The pieces of blocks[index], each of at most max_chars code points: sentences of prose, lines of
/// tables (their header repeated) and code.
std::vector<Piece> split_block(const std::vector<Block>& blocks, std::size_t index, int max_chars);

}  // namespace lectern
