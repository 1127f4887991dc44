// Markdown (CommonMark with tables): headings, lists, tables, code, quotes; HTML inside is read as
// HTML.
#pragma once

#include "retrieval/document/document_reader.h"

namespace lectern {

class MarkdownReader final : public DocumentReader {
  public:
    std::string_view format() const override { return "markdown"; }
    bool accepts(std::string_view extension, std::span<const std::byte> head) const override;
    Result<ParsedDocument> read(const std::filesystem::path& path) const override;
};

/// Blocks and title of decoded Markdown; sources are its byte ranges.
Result<ParsedDocument> parse_markdown(std::string_view text);

}  // namespace lectern
