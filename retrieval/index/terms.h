// Text → search terms: what the lexical index holds and what a query asks it for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

struct Term {
    std::string text;       ///< folded: lower case, no accents, ß as ss, full width as half width
    std::size_t begin = 0;  ///< bytes in the source, of the word or run it was cut from
    std::size_t end = 0;
    bool same_place = false;  ///< another reading of the term before it
};

enum class TermUse { kDocument, kQuery };

/// Terms in order. Words are runs of letters, digits and marks; Thai, Lao, Khmer and Burmese are
/// cut by ICU's dictionaries; Chinese, Japanese and Korean runs into pairs of characters, in
/// documents into single ones as well, so that queries of one character and of any part of a run
/// find it. Broken UTF-8 separates.
std::vector<Term> terms_of(std::string_view text, TermUse use);

}  // namespace lectern
