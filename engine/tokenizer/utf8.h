// Walking UTF-8 that may be broken: the tokenizers' common view of arbitrary bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lectern {

/// What stands at a place of a text: a code point, or one byte that is part of none.
struct Utf8Char {
    char32_t code_point = 0;  ///< U+FFFD where !valid
    int n_bytes = 1;          ///< 1 where !valid
    bool valid = false;
};

/// Pre: pos < text.size(). Overlong forms, surrogates, values beyond U+10FFFF and truncated
/// sequences are not valid, byte by byte.
Utf8Char utf8_at(std::string_view text, std::size_t pos);

bool is_valid_utf8(std::string_view text);

void append_utf8(std::string& out, char32_t code_point);

}  // namespace lectern
