// Byte-level BPE (GPT-2, Llama 3, Qwen, SmolLM, …): words by a pre-tokenizer, bytes merged within
// them.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/bpe_merges.h"
#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/user_tokens.h"
#include "engine/tokenizer/vocabulary.h"

namespace lectern {

/// Where the training tokenizer normalises (Qwen: form C), so does encode(): its ids then stand for
/// the normalised text. A byte the vocabulary has no token for is left out, as in training.
class ByteLevelBpe final : public VocabularyTokenizer {
  public:
    /// tokenizer.ggml.model = "gpt2".
    static Result<std::unique_ptr<Tokenizer>> load(const GgufFile& file);

    std::vector<TokenId> encode(std::string_view text) const override;
    std::string piece(TokenId id) const override { return pieces_[id]; }

  private:
    struct Scratch {
        Regex::Scratch regex;
        BpeMerges::Scratch merges;
        std::vector<std::string_view> words;
        std::vector<TokenId> symbols;
    };

    ByteLevelBpe(Vocabulary vocabulary, PreTokenizer pre_tokenizer, bool add_bos);
    Status read_merges(const GgufFile& file);
    void set_content_hash(std::string_view pre, const std::vector<std::string>& merges);

    void encode_plain(std::string_view text, Scratch& scratch, std::vector<TokenId>& ids) const;
    void encode_word(std::string_view word, Scratch& scratch, std::vector<TokenId>& ids) const;

    PreTokenizer pre_tokenizer_;
    UserTokens user_tokens_;
    std::vector<std::string> pieces_;      ///< the bytes of each token
    std::vector<std::string> words_;       ///< the same, of tokens that merging may give
    TextIndex word_index_;                 ///< over words_
    std::array<TokenId, 256> byte_ids_{};  ///< kNoToken where the vocabulary lacks the byte
    BpeMerges merges_;
    /// Tokens whose own bytes were seen to merge into just them: found once, then looked up.
    mutable std::unique_ptr<std::atomic<bool>[]> merges_whole_;
};

}  // namespace lectern
