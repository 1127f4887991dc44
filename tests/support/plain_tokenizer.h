// A tokenizer without special tokens: what a test's own need not say.
#pragma once

#include "engine/tokenizer/tokenizer.h"

namespace lectern::test {

class PlainTokenizer : public Tokenizer {
  public:
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
