// Bytes of unknown encoding → UTF-8 text, the text that source spans of text formats count in.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lectern {

struct DecodedText {
    std::string text;      ///< valid UTF-8 without byte order mark; line ends as in the file
    std::string encoding;  ///< "UTF-8", "UTF-16LE", "windows-1252", …
};

/// By byte order mark, else UTF-8 if it is valid, else what the text says of itself (HTML's meta,
/// XML's declaration), else by uchardet. kUnsupported, with what it seems to be, if it is no text;
/// `name` is what messages call it.
Result<DecodedText> decode_text(std::string bytes, const std::string& name);

/// The decoded text of a file, as its readers saw it: what SourceSpan counts in. Errors of
/// read_file_bytes() and decode_text().
Result<DecodedText> read_text_file(const std::filesystem::path& path);

/// What the first bytes say the file is ("a ZIP archive"), or empty.
std::string_view binary_kind(std::string_view head);

}  // namespace lectern
