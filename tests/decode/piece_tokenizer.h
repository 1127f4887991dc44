// A tokenizer for tiny models: 64 tokens whose pieces are parts of UTF-8 sequences as often as
// whole ones.
#pragma once

#include <array>

#include "engine/tokenizer/tokenizer.h"

namespace lectern::test {

class PieceTokenizer : public Tokenizer {
  public:
    std::vector<TokenId> encode(std::string_view) const override { return {}; }
    std::string piece(TokenId id) const override {
        constexpr std::array<const char*, 6> kPieces{"a", " word", "\xE6", "\xB0\xB4", "é", "\xB4"};
        return kPieces[id % kPieces.size()];
    }
    int vocab_size() const override { return 64; }
    std::optional<TokenId> find(std::string_view) const override { return std::nullopt; }
    bool is_control(TokenId) const override { return false; }
    std::optional<TokenId> bos() const override { return std::nullopt; }
    std::optional<TokenId> eos() const override { return std::nullopt; }
    bool add_bos() const override { return false; }
    const Hash128& content_hash() const override { return hash_; }

  private:
    Hash128 hash_;
};

}  // namespace lectern::test
