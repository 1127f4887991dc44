#include "engine/gguf/printable.h"

#include <cstddef>

namespace lectern {

std::string printable(std::string_view name) {
    constexpr std::size_t kMaxBytes = 80;
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : name.substr(0, kMaxBytes)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            text += c;
        } else {
            text += "\\x";
            text += kDigits[byte >> 4];
            text += kDigits[byte & 15];
        }
    }
    return text + (name.size() > kMaxBytes ? "…\"" : "\"");
}

}  // namespace lectern
