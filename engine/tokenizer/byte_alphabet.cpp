#include "engine/tokenizer/byte_alphabet.h"

#include <array>

#include "engine/tokenizer/utf8.h"

namespace lectern {
namespace {

/// Bytes that Latin-1 prints stand for themselves; the others, in order, for U+0100 and on.
struct Alphabet {
    static constexpr char32_t kEnd = 0x100 + 68;
    std::array<char32_t, 256> letter{};
    std::array<int, kEnd> byte{};

    constexpr Alphabet() {
        byte.fill(-1);
        char32_t next = 0x100;
        for (int b = 0; b < 256; ++b) {
            const bool prints = (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            letter[b] = prints ? static_cast<char32_t>(b) : next++;
            byte[letter[b]] = b;
        }
    }
};

constexpr Alphabet kAlphabet;

}  // namespace

std::optional<std::string> bytes_of_letters(std::string_view letters) {
    std::string bytes;
    for (std::size_t pos = 0; pos < letters.size();) {
        const Utf8Char c = utf8_at(letters, pos);
        if (!c.valid || c.code_point >= Alphabet::kEnd || kAlphabet.byte[c.code_point] < 0)
            return std::nullopt;
        bytes += static_cast<char>(kAlphabet.byte[c.code_point]);
        pos += c.n_bytes;
    }
    return bytes;
}

std::string letter_of_byte(unsigned char byte) {
    std::string letter;
    append_utf8(letter, kAlphabet.letter[byte]);
    return letter;
}

}  // namespace lectern
