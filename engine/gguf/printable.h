// Names out of a file that nobody vouches for, made fit for an error message.
#pragma once

#include <string>
#include <string_view>

namespace lectern {

/// "name" in quotes: control characters and bytes beyond ASCII as \xNN, cut after 80 bytes.
std::string printable(std::string_view name);

}  // namespace lectern
