// A parsed HTML tree → blocks.
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/document/document.h"

namespace lectern {

/// The blocks under root. `html` is the text that was parsed: sources are its byte ranges.
/// drop_boilerplate leaves out navigation, page footers and the like.
std::vector<Block> html_blocks(const GumboNode* root, std::string_view html, bool drop_boilerplate);

/// The <title>, tidied; may be empty.
std::string html_title(const GumboNode* root);

}  // namespace lectern
