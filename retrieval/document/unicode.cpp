#include "retrieval/document/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <limits>

namespace lectern {
namespace {

const icu::Normalizer2* nfc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
    return U_SUCCESS(status) ? normalizer : nullptr;
}

bool fits_icu(std::string_view text) {
    return text.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
}

icu::StringPiece piece(std::string_view text) {
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

std::int32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::size_t size = text.size();
    UChar32 code_point = 0;
    U8_NEXT(bytes, at, size, code_point);
    return code_point;
}

void append_code_point(std::string& out, std::int32_t code_point) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, code_point);
    out.append(bytes, static_cast<std::size_t>(n));
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();)
        if (static_cast<signed char>(bytes[at]) >= 0)
            ++at;
        else if (next_code_point(bytes, at) < 0)
            return false;
    return true;
}

std::string valid_utf8(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    std::string out;
    out.reserve(bytes.size() + 16);
    for (std::size_t at = 0; at < bytes.size();) {
        const std::int32_t code_point = next_code_point(bytes, at);
        append_code_point(out, code_point < 0 ? 0xFFFD : code_point);
    }
    return out;
}

bool is_nfc(std::string_view text) {
    const icu::Normalizer2* normalizer = nfc();
    if (normalizer == nullptr || !fits_icu(text)) return true;
    UErrorCode status = U_ZERO_ERROR;
    const bool normalized = normalizer->isNormalizedUTF8(piece(text), status) != 0;
    return U_FAILURE(status) || normalized;
}

std::string to_nfc(std::string text) {
    if (is_nfc(text)) return text;
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    out.reserve(text.size());
    icu::StringByteSink<std::string> sink(&out);
    nfc()->normalizeUTF8(0, piece(text), sink, nullptr, status);
    return U_SUCCESS(status) ? out : text;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t n = 0;
    for (const char byte : text) n += is_continuation(byte) ? 0 : 1;
    return n;
}

bool is_space(std::int32_t code_point) {
    if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return code_point == 0x85 || code_point == 0xA0 || u_isUWhiteSpace(code_point) != 0;
}

bool is_invisible(std::int32_t code_point) {
    if (code_point < 0x20) return true;
    if (code_point < 0x7F) return false;
    if (code_point <= 0x9F || code_point == 0xAD) return true;
    if (code_point < 0x200B) return code_point == 0x061C;
    return code_point == 0x200B || code_point == 0x200E || code_point == 0x200F ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2060 && code_point <= 0x2069) || code_point == 0xFEFF ||
           (code_point & 0xFFFE) == 0xFFFE || (code_point >= 0xFDD0 && code_point <= 0xFDEF) ||
           (code_point >= 0xFFF9 && code_point <= 0xFFFB);
}

bool is_letter(std::int32_t code_point) { return u_isalpha(code_point) != 0; }
bool is_lower(std::int32_t code_point) { return u_islower(code_point) != 0; }

std::string_view ligature_letters(std::int32_t code_point) {
    static constexpr std::string_view kLetters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (code_point < 0xFB00 || code_point > 0xFB06) return {};
    return kLetters[code_point - 0xFB00];
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(static_cast<unsigned char>(text.front())) &&
           static_cast<signed char>(text.front()) >= 0)
        text.remove_prefix(1);
    while (!text.empty() && static_cast<signed char>(text.back()) >= 0 &&
           is_space(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace lectern
