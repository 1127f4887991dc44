// Searching chats: what is asked of the full-text index, and the place of a text that is shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

/// The words of a search, folded as the index holds them.
std::vector<std::string> search_words(std::string_view text);

/// An FTS5 expression for texts that have all of the words or words that begin with them. Nothing
/// of FTS5's syntax is obeyed. Nothing: there are no words.
std::optional<std::string> search_expression(const std::vector<std::string>& words);

/// One line around the first word that is found.
struct Excerpt {
    std::string text;
    std::size_t match = 0, n_match = 0;  ///< bytes [match, match + n_match) of the text
};

/// Nothing: the text has none of the words.
std::optional<Excerpt> excerpt(std::string_view text, const std::vector<std::string>& words);

}  // namespace lectern
