// Which lines of a PDF are headings: by its outline where it has one, else by numbering and size.
#pragma once

#include <string>
#include <vector>

#include "retrieval/document/pdf_lines.h"

namespace lectern {

/// For every line of every page its heading level, 0 for none. A heading over several lines has its
/// level on each.
std::vector<std::vector<int>> heading_levels(const std::vector<std::vector<PdfLine>>& pages,
                                             const std::vector<PdfOutlineEntry>& outline);

/// The middle height of lines of some length: what body text has. 0 where no line has a box.
double body_height(const std::vector<std::vector<PdfLine>>& pages);

}  // namespace lectern
