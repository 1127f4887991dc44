// From the lines of PDF pages to blocks: furniture dropped, lines joined to paragraphs, headings by
// outline and size. Knows no PDF library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "retrieval/document/document.h"

namespace lectern {

/// Points from the page's top left corner.
struct PdfBox {
    double left = 0, top = 0, right = 0, bottom = 0;
};

/// A page as the PDF library gives it.
struct PdfPage {
    std::u16string text;  ///< lines end with CR LF; U+FFFE stands for a hyphen at a line's end
    std::vector<PdfBox> boxes;  ///< of runs of text, in the order of the text
};

/// An entry of the document's outline (bookmarks).
struct PdfOutlineEntry {
    std::string title;
    int level = 1;  ///< from 1
    int page = 1;   ///< from 1
};

/// Blocks in reading order; sources are pages from 1 and ranges of PdfPage::text.
std::vector<Block> pdf_blocks(const std::vector<PdfPage>& pages,
                              const std::vector<PdfOutlineEntry>& outline);

}  // namespace lectern
