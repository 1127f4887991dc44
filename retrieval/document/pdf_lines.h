// The lines of a PDF page, with their boxes where those can be told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/document/pdf_layout.h"

namespace lectern {

struct PdfLine {
    int page = 1;
    std::u16string_view text;  ///< a view into PdfPage::text, without its end
    std::int64_t begin = 0;    ///< where it stands in PdfPage::text
    std::string words;         ///< the text tidied, for looking at
    bool hyphenated = false;   ///< a word was broken at its end
    bool has_box = false;
    PdfBox box;  ///< valid if has_box

    double height() const { return box.bottom - box.top; }
    double width() const { return box.right - box.left; }
};

/// Lines that show something. Boxes are given only if the page's boxes fall into as many lines as
/// its text.
std::vector<PdfLine> pdf_lines(const PdfPage& page, int page_number);

/// Boxes that stand beside one another, in reading order, joined to one a line.
std::vector<PdfBox> line_boxes(const std::vector<PdfBox>& boxes);

/// Drops running headers, footers and page numbers: what recurs at the pages' edges.
void drop_page_furniture(std::vector<std::vector<PdfLine>>& pages);

/// Whether a line is nothing but a page number: "17", "- 17 -", "xii", "Page 3 of 9".
bool is_page_number(std::string_view words);

}  // namespace lectern
