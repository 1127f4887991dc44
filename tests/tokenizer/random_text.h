// Bytes as no one would write them: pieces of many scripts between broken UTF-8.
#pragma once

#include <array>
#include <random>
#include <string>

namespace lectern::test {

inline std::string random_bytes(std::mt19937& random) {
    static const std::array<std::string, 24> kPieces{
        "the",          " ",  "  ",       "\n",       "\t ",          "don't",
        "123",          "é",  "e\u0301",  "汉字",     "한국어",       "العربية",
        "हिन्दी",        "😀",  "👩\u200d👧", "\u00a0",   "\u3000",       "low",
        "<|im_start|>", "!?", "\xF0\x9F", "\xC0\x80", "\xED\xA0\x80", "\xFF"};
    std::string text;
    const int n = static_cast<int>(random() % 30);
    for (int i = 0; i < n; ++i) {
        if (random() % 3 == 0)
            text += static_cast<char>(random() % 256);
        else
            text += kPieces[random() % kPieces.size()];
    }
    return text;
}

}  // namespace lectern::test
