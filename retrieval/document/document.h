// A document as read: its text in reading order, cut into blocks that remember structure and place.
#pragma once

#include <cstddef>
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

/// A byte of a block's text that stands at a unit of its source. Between two anchors positions are
/// interpolated.
struct TextAnchor {
    std::int64_t text = 0;
    std::int64_t source = 0;
    bool operator==(const TextAnchor&) const = default;
};

struct Block {
    BlockKind kind = BlockKind::kParagraph;
    int heading_level = 0;  ///< 1…6 for headings
    std::string text;       ///< valid UTF-8, NFC, white space tidied; never empty
    SourceSpan source;
    std::vector<TextAnchor> anchors{};  ///< increasing, within text and source; may be empty
    bool continues = false;             ///< goes on from the block before (over a page's end)
    int header_lines = 0;               ///< tables: lines at the top that name the columns
};

/// Where bytes [begin, end) of the block's text stand in its source: exact to a few characters.
SourceSpan source_of(const Block& block, std::size_t begin, std::size_t end);

struct ParsedDocument {
    std::string format;  ///< "text", "markdown", "html", "pdf"
    std::string title;   ///< from the document itself; may be empty
    int n_pages = 0;     ///< 0 where the format has none
    std::vector<Block> blocks;
    std::string note;  ///< something the person should know ("3 of 40 pages hold no text:
                       ///< scanned?"); may be empty
};

}  // namespace lectern
