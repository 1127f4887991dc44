// Where text may be cut: sentence ends by ICU, lines, words, and at worst between characters.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lectern {

/// A stretch [begin, end) of a text, in bytes.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
};

/// Sentences that cover the text without gaps; white space belongs to the sentence before it. Pre:
/// valid UTF-8.
std::vector<Stretch> split_sentences(std::string_view text);

/// Lines with their ends, covering the text without gaps.
std::vector<Stretch> split_lines(std::string_view text);

/// Cuts stretches of more than max_chars code points at spaces, or, where a word is longer, between
/// characters.
std::vector<Stretch> cut_long(std::string_view text, const std::vector<Stretch>& stretches,
                              int max_chars);

/// Neighbours gathered into groups of at most max_chars code points, about evenly. Pre: none is
/// longer.
std::vector<Stretch> group_evenly(std::string_view text, const std::vector<Stretch>& stretches,
                                  int max_chars);

}  // namespace lectern
