// A tokenizer for tiny models: 64 tokens whose pieces are parts of UTF-8 sequences as often as
// whole ones.
#pragma once

#include <array>

#include "tests/support/plain_tokenizer.h"

namespace lectern::test {

class PieceTokenizer : public PlainTokenizer {
  public:
    std::vector<TokenId> encode(std::string_view) const override { return {}; }
    std::string piece(TokenId id) const override {
        constexpr std::array<const char*, 6> kPieces{"a", " word", "\xE6", "\xB0\xB4", "é", "\xB4"};
        return kPieces[id % kPieces.size()];
    }
    int vocab_size() const override { return 64; }
};

}  // namespace lectern::test
