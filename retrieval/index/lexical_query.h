// Free text → an FTS5 expression.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

/// The text's terms, each once, in order. English stop words are dropped unless nothing is left
/// then.
std::vector<std::string> content_terms(std::string_view text);

/// The text's terms, each once and quoted, joined by OR; "quoted words" become a phrase besides.
/// Nothing of FTS5's syntax in `text` is obeyed. English stop words are dropped unless nothing is
/// left then. Nothing: the text has no terms at all.
std::optional<std::string> lexical_query(std::string_view text);

}  // namespace lectern
