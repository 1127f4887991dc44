// HTML: title, headings, lists, tables, code and paragraphs; navigation, scripts and styles are
// dropped, markup nested absurdly deep is ignored.
#pragma once

#include <string>

#include "retrieval/document/document_reader.h"

namespace lectern {

class HtmlReader final : public DocumentReader {
  public:
    std::string_view format() const override { return "html"; }
    bool accepts(std::string_view extension, std::span<const std::byte> head) const override;
    Result<ParsedDocument> read(const std::filesystem::path& path) const override;
};

/// Blocks and title of decoded HTML, a page or a piece of one; sources are its byte ranges.
/// kUnsupported where no text is left.
Result<ParsedDocument> parse_html(std::string_view html);

/// "&amp;" → "&"; what is no entity stays as it is.
std::string decode_entity(std::string_view entity);

/// Blanks, byte for byte, the tags that nest deeper than `max_depth` and, in XHTML, empty elements
/// that HTML would leave open, so that parsing takes time and stack in proportion to the text.
std::string with_shallow_tags(std::string_view html, int max_depth);

}  // namespace lectern
