// Blocks of Markdown as HTML that loads nothing: for a text item of the window and for exports.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/markdown_blocks.h"

namespace lectern {

/// Where the marker of a passage leads.
using MarkerLink = std::function<std::string(int number)>;

/// &, <, > and quotation marks as entities.
std::string html_escaped(std::string_view text);

/// Of runs in their looks, without an element around them.
std::string runs_html(const MarkdownRuns& runs, const MarkerLink& link);
/// Of a table, its head in bold.
std::string table_html(const MarkdownTable& table, const MarkerLink& link);
/// A page's blocks, nested lists and quotes by their elements.
std::string blocks_html(const std::vector<MarkdownBlock>& blocks, const MarkerLink& link);

}  // namespace lectern
