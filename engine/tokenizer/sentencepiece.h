// SentencePiece's BPE (Llama 1 and 2, Mistral, Gemma): characters merged by the score of what they
// make, bytes where no token covers a character.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/text_index.h"
#include "engine/tokenizer/user_tokens.h"
#include "engine/tokenizer/vocabulary.h"

namespace lectern {

/// Spaces are written "▁" in the vocabulary; a "▁" in text is a space to it, as in training. No
/// space is put before a text, whatever the file says: segments are concatenated.
class SentencePiece final : public VocabularyTokenizer {
  public:
    /// tokenizer.ggml.model = "llama".
    static Result<std::unique_ptr<Tokenizer>> load(const GgufFile& file);

    std::vector<TokenId> encode(std::string_view text) const override;
    std::string piece(TokenId id) const override { return pieces_[id]; }

  private:
    /// A stretch of text that has become one symbol; merged away: n_bytes = 0.
    struct Symbol {
        std::size_t begin, n_bytes;
        std::int32_t previous, next;  ///< −1: none
        TokenId id;                   ///< kNoToken: no token covers it
    };
    struct Candidate {
        float score;
        std::int32_t position;  ///< of the left symbol
        std::size_t n_bytes;    ///< of both
        TokenId id;             ///< what they make
    };
    struct ComesLater;
    struct Scratch {
        std::vector<Symbol> symbols;
        std::vector<Candidate> heap;
    };

    SentencePiece(Vocabulary vocabulary, std::vector<float> scores, bool add_bos);
    Status read_bytes(const GgufFile& file);
    void set_content_hash();

    void encode_plain(std::string_view text, Scratch& scratch, std::vector<TokenId>& ids) const;
    /// A stretch that no token crosses at either end.
    void encode_word(std::string_view word, Scratch& scratch, std::vector<TokenId>& ids) const;
    void merge_word(std::string_view text, Scratch& scratch, std::vector<TokenId>& ids) const;
    void consider(std::string_view text, std::int32_t position, Scratch& scratch) const;
    void append_symbol(std::string_view text, const Symbol& symbol,
                       std::vector<TokenId>& ids) const;

    std::vector<float> scores_;
    UserTokens user_tokens_;
    std::vector<std::string> pieces_;      ///< the bytes of each token, spaces as spaces
    std::vector<std::string> mergeable_;   ///< written forms of tokens that merging may give
    TextIndex index_;                      ///< over mergeable_
    std::array<TokenId, 256> byte_ids_{};  ///< all kNoToken in a vocabulary without byte tokens
    std::array<bool, 256> joins_space_{};  ///< by the byte before a space within a token
    /// Tokens whose own characters were seen to merge into just them: found once, then looked up.
    mutable std::unique_ptr<std::atomic<bool>[]> merges_whole_;
};

}  // namespace lectern
