// How one line of a PDF follows another: as the same sentence, as a new line, as a new block.
#pragma once

#include <cstddef>
#include <vector>

#include "retrieval/document/pdf_lines.h"

namespace lectern {

enum class LineStep {
    kJoin,   ///< the same flow of words
    kLine,   ///< the same block, but the line's end means something (code, a term, an address)
    kBreak,  ///< a new block
};

/// The measures of one page's lines. Keeps a reference to them.
class PageFlow {
  public:
    explicit PageFlow(const std::vector<PdfLine>& lines);

    /// From line i - 1 to line i, where the block so far began at line `begin`. Pre: begin < i.
    LineStep step(std::size_t begin, std::size_t i) const;

    /// Whether the line goes about as far to the right as its column.
    bool is_full(std::size_t i) const;

  private:
    LineStep step_by_text(std::size_t i) const;
    LineStep step_by_place(std::size_t begin, std::size_t i) const;

    const std::vector<PdfLine>& lines_;
    double pitch_ = 0;                  ///< from a line's top to the next one's, usually
    std::vector<double> column_right_;  ///< for each line
    double usual_bytes_ = 0;            ///< of a full line's text, for pages without boxes
};

/// Starts with a bullet, or with "1.", "2)", "(a)".
bool starts_list_item(const std::string& words);
bool ends_sentence(const std::string& words);

}  // namespace lectern
