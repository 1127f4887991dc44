// An answer's Markdown as blocks one below the other: what the window lays out and exports write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

/// Characters in one look.
struct MarkdownRun {
    std::string text;  ///< a line break is "\n"
    bool bold = false, italic = false, struck = false, code = false;
    std::string link;  ///< where it leads; empty: nowhere
    int marker = 0;    ///< number of the passage that this is a marker of; 0: it is text
    /// Bytes of the source that it came from; the same ones where verbatim.
    std::size_t begin = 0, end = 0;
    bool verbatim = false;
    bool operator==(const MarkdownRun&) const = default;
};
using MarkdownRuns = std::vector<MarkdownRun>;

enum class MarkdownForm : std::uint8_t { kParagraph, kHeading, kCode, kTable, kRule };
enum class CellAlign : std::uint8_t { kLeft, kCenter, kRight };

struct MarkdownTable {
    std::vector<CellAlign> columns;
    std::vector<std::vector<MarkdownRuns>> rows;  ///< the first one is the head
    bool operator==(const MarkdownTable&) const = default;
};

struct MarkdownBlock {
    MarkdownForm form = MarkdownForm::kParagraph;
    int level = 0;         ///< of a heading, from 1
    int quote_depth = 0;   ///< block quotes around it
    int list_depth = 0;    ///< lists around it
    std::string mark;      ///< "•", "3.", "☐": of a list's item, at its first block
    MarkdownRuns runs;     ///< of a paragraph, a heading, code
    std::string language;  ///< of code; empty: not said
    MarkdownTable table;
    std::vector<int> markers;  ///< behind code, in which none can stand
    bool operator==(const MarkdownBlock&) const = default;
};

/// Tables, task lists and struck text as on GitHub; formulas as text that can be read; HTML stays
/// text, images are links by their description, and a link that is not to the web or a mail address
/// is text. kOutOfMemory.
Result<std::vector<MarkdownBlock>> markdown_blocks(std::string_view markdown);

/// What stands before this offset, from `from` on, is blocks that no text to come can change:
/// `from` itself where there are none. `from` is 0 or what an earlier call returned.
std::size_t settled_end(std::string_view markdown, std::size_t from);

/// Without markers; a table's cells between tabs, its rows in lines.
std::string plain_text(const MarkdownBlock& block);
/// All of them, an empty line between paragraphs, items by their marks.
std::string plain_text(const std::vector<MarkdownBlock>& blocks);

}  // namespace lectern
