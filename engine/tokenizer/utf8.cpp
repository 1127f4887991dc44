#include "engine/tokenizer/utf8.h"

#include <array>

namespace lectern {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

Utf8Char utf8_at(std::string_view text, std::size_t pos) {
    const auto lead = static_cast<unsigned char>(text[pos]);
    if (lead < 0x80) return {lead, 1, true};
    const Utf8Char broken{kReplacement, 1, false};
    const int n_bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - pos < static_cast<std::size_t>(n_bytes))
        return broken;
    char32_t code_point = lead & (0x7F >> n_bytes);
    for (int i = 1; i < n_bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[pos + i]);
        if (!is_continuation(byte)) return broken;
        code_point = (code_point << 6) | (byte & 0x3F);
    }
    constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < kSmallest[n_bytes] || code_point > 0x10FFFF || surrogate) return broken;
    return {code_point, n_bytes, true};
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t pos = 0; pos < text.size();) {
        const Utf8Char c = utf8_at(text, pos);
        if (!c.valid) return false;
        pos += c.n_bytes;
    }
    return true;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto tail = [&](int shift) {
        out += static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
    };
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0 | (code_point >> 6));
        tail(0);
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xE0 | (code_point >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | (code_point >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace lectern
