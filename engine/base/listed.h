// Names in a sentence: what messages and help texts say is known.
#pragma once

#include <string>
#include <string_view>

namespace lectern {

/// "a, b, c" of a range of texts.
template <class Names>
std::string listed(const Names& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

}  // namespace lectern
