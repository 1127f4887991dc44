#include "engine/tokenizer/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <stdexcept>

#include "engine/tokenizer/utf8.h"

namespace lectern {
namespace {

const icu::Normalizer2& nfc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) || instance == nullptr)
        throw std::runtime_error("ICU has no normalisation data");
    return *instance;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t valid_prefix(std::string_view text) {
    std::size_t pos = 0;
    while (pos < text.size()) {
        const Utf8Char c = utf8_at(text, pos);
        if (!c.valid) break;
        pos += c.n_bytes;
    }
    return pos;
}

void append_nfc(const icu::Normalizer2& form, std::string_view valid, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out);
    form.normalizeUTF8(0, icu::StringPiece(valid.data(), static_cast<int32_t>(valid.size())), sink,
                       nullptr, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
}

}  // namespace

std::string_view to_nfc(std::string_view text, std::string& buffer) {
    if (is_ascii(text)) return text;
    const icu::Normalizer2& form = nfc();
    buffer.clear();
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t n_valid = valid_prefix(text.substr(pos));
        if (n_valid > 0) append_nfc(form, text.substr(pos, n_valid), buffer);
        pos += n_valid;
        if (pos < text.size()) buffer += text[pos++];
    }
    return buffer;
}

}  // namespace lectern
