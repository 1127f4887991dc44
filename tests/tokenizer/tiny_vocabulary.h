// Vocabularies of a few tokens, written as GGUF files and loaded as any model's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/vocabulary.h"
#include "tests/support/gguf_writer.h"

namespace lectern::test {

/// .add("a").add("<think>", TokenKind::kUserDefined).merge("a b").load()
class TinyVocabulary {
  public:
    /// Byte-level BPE with a token for each of the 256 bytes (ids 0–255) and no merges.
    static TinyVocabulary byte_level(std::string pre = "gpt-2");
    /// SentencePiece with <unk> (0) and the 256 byte tokens (1–256).
    static TinyVocabulary sentencepiece();

    TinyVocabulary& add(std::string text, TokenKind kind = TokenKind::kNormal, float score = 0);
    TinyVocabulary& merge(std::string pair);
    TinyVocabulary& bos(const std::string& text);
    TinyVocabulary& eos(const std::string& text);

    /// The file, for tests that break it before they write it.
    GgufWriter file() const;
    Result<std::unique_ptr<Tokenizer>> try_load() const;
    std::unique_ptr<Tokenizer> load() const;
    /// Written forms, control tokens included.
    std::string written(const std::vector<TokenId>& ids) const;

    std::string model, pre;
    std::vector<std::string> texts, merges;
    std::vector<std::int32_t> kinds;
    std::vector<float> scores;

  private:
    TokenId id_of(const std::string& text) const;

    TokenId bos_ = kNoToken, eos_ = kNoToken;
};

Result<std::unique_ptr<Tokenizer>> load_from(const GgufWriter& file);

}  // namespace lectern::test
