// Small Unicode services on ICU: validity, NFC, what is white space, what is invisible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lectern {

/// Broken sequences become U+FFFD.
std::string valid_utf8(std::string_view bytes);
bool is_utf8(std::string_view bytes);
/// Normalisation form C. Pre: valid UTF-8.
std::string to_nfc(std::string text);
bool is_nfc(std::string_view text);

/// Whether the byte goes on with a character of UTF-8 that another began.
constexpr bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}
/// The code point at `at`, which moves behind it; -1 for a broken sequence.
std::int32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(std::string& out, std::int32_t code_point);
/// Pre: valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// Any white space, no-break and line separators included.
bool is_space(std::int32_t code_point);
/// Carries no text: controls, soft hyphens, zero-width spaces, marks of direction and byte order.
/// Joiners are text: Persian words and emoji need them.
bool is_invisible(std::int32_t code_point);
bool is_letter(std::int32_t code_point);
bool is_lower(std::int32_t code_point);
/// The letters of a Latin ligature (U+FB00…FB06), or empty.
std::string_view ligature_letters(std::int32_t code_point);

/// Without white space at either end (ASCII).
std::string_view trimmed(std::string_view text);
/// ASCII letters in lower case.
std::string ascii_lower(std::string_view text);

}  // namespace lectern
