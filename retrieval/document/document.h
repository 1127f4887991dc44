// A document as read: its text in reading order, cut into blocks that remember structure and place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lectern {

enum class BlockKind : std::uint8_t { kHeading, kParagraph, kListItem, kTable, kCode, kQuote };

/// Where a piece of text stands in its source, for opening and highlighting. For PDF: `page` from 1
/// and a range of QtPdf's character index on that page (UTF-16 units). For all others: page 0 and a
/// byte range of the decoded UTF-8 text.
struct SourceSpan {
    std::int32_t page = 0;
    std::int64_t begin = 0;
    std::int64_t length = 0;
    bool operator==(const SourceSpan&) const = default;
};

struct Block {
    BlockKind kind = BlockKind::kParagraph;
    int heading_level = 0;  ///< 1…6 for headings
    std::string text;       ///< valid UTF-8, NFC, white space tidied; never empty
    SourceSpan source;
};

struct ParsedDocument {
    std::string format;  ///< "text", "markdown", "html", "pdf"
    std::string title;   ///< from the document itself; may be empty
    int n_pages = 0;     ///< 0 where the format has none
    std::vector<Block> blocks;
    std::string note;  ///< something the person should know ("3 of 40 pages hold no text:
                       ///< scanned?"); may be empty
};

}  // namespace lectern
