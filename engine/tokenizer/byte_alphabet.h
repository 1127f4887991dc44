// The printable alphabet in which byte-level vocabularies are written: a letter for every byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lectern {

/// The bytes a token's written form stands for; nothing where it has a letter that stands for none.
std::optional<std::string> bytes_of_letters(std::string_view letters);

/// The letter that stands for a byte, as UTF-8.
std::string letter_of_byte(unsigned char byte);

}  // namespace lectern
