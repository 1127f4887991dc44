// Plain text, in any encoding: paragraphs, underlined headings, list items, code and tables by
// their look.
#pragma once

#include "retrieval/document/document_reader.h"

namespace lectern {

class TextReader final : public DocumentReader {
  public:
    std::string_view format() const override { return "text"; }
    /// Text and source-code extensions; or, where nothing else is known by its name, text by its
    /// bytes.
    bool accepts(std::string_view extension, std::span<const std::byte> head) const override;
    Result<ParsedDocument> read(const std::filesystem::path& path) const override;
};

enum class TextLook {
    kProse,  ///< wrapped lines are joined
    kCode,   ///< lines stay as they are
    kRows    ///< one table, its first line names the columns
};

/// The blocks of decoded text; sources are its byte ranges.
std::vector<Block> split_plain_text(std::string_view text, TextLook look);

}  // namespace lectern
