// Unicode normal form C of text that may be broken.
#pragma once

#include <string>
#include <string_view>

namespace lectern {

/// Form C of every valid stretch; broken bytes stay as they are. Texts that are in form C already
/// come back as a view of themselves, others as a view of `buffer`.
std::string_view to_nfc(std::string_view text, std::string& buffer);

}  // namespace lectern
