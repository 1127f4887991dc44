// A tokenizer's tokens, what kind each is, and what the file says about them: shared by all
// tokenizers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/tokenizer/text_index.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// As numbered in tokenizer.ggml.token_type.
enum class TokenKind : std::uint8_t {
    kNormal = 1,
    kUnknown = 2,
    kControl = 3,      ///< never made from text
    kUserDefined = 4,  ///< always made from its text, before anything else
    kUnused = 5,       ///< padding of the embedding matrix: never made, stands for no text
    kByte = 6,         ///< "<0x0A>": one byte of text that no other token covers
};

/// Immutable; any thread.
class Vocabulary {
  public:
    /// tokenizer.ggml.tokens, .token_type and the special ids. kCorrupt names the missing or
    /// ill-sized array or the id that is out of range. Turn markers ("<|im_end|>") are control
    /// tokens whatever the file types them as.
    static Result<Vocabulary> read(const GgufFile& file);
    /// Pre: as many kinds as texts.
    Vocabulary(std::vector<std::string> texts, std::vector<TokenKind> kinds);
    Vocabulary(Vocabulary&&) = default;
    Vocabulary& operator=(Vocabulary&&) = default;
    Vocabulary(const Vocabulary&) = delete;  // the index looks into texts_
    Vocabulary& operator=(const Vocabulary&) = delete;
    ~Vocabulary() = default;

    int size() const { return static_cast<int>(texts_.size()); }
    const std::string& text(TokenId id) const { return texts_[id]; }
    const std::vector<std::string>& texts() const { return texts_; }
    TokenKind kind(TokenId id) const { return kinds_[id]; }
    /// By exact written form; kNoToken where there is none.
    TokenId find(std::string_view text) const { return index_.find(text); }
    /// Whether encoding plain text may give this token by way of merges or look-up.
    bool is_mergeable(TokenId id) const {
        return kinds_[id] == TokenKind::kNormal || kinds_[id] == TokenKind::kUserDefined;
    }

    std::optional<TokenId> bos() const { return bos_; }
    std::optional<TokenId> eos() const { return eos_; }
    std::optional<TokenId> unknown() const { return unknown_; }
    /// The file's own word, where it has one.
    std::optional<bool> add_bos() const { return add_bos_; }
    /// Adds all of the above to a hash.
    void add_to(Hasher& hasher) const;

  private:
    Status read_special_ids(const GgufFile& file);

    std::vector<std::string> texts_;
    std::vector<TokenKind> kinds_;
    TextIndex index_;
    std::optional<TokenId> bos_, eos_, unknown_;
    std::optional<bool> add_bos_;
};

/// What every tokenizer answers from its vocabulary alone.
class VocabularyTokenizer : public Tokenizer {
  public:
    int vocab_size() const override { return vocabulary_.size(); }
    std::optional<TokenId> find(std::string_view token) const override;
    bool is_control(TokenId id) const override;
    std::string written(TokenId id) const override {
        return is_control(id) ? vocabulary_.text(id) : piece(id);
    }
    std::optional<TokenId> bos() const override { return vocabulary_.bos(); }
    std::optional<TokenId> eos() const override { return vocabulary_.eos(); }
    bool add_bos() const override { return add_bos_; }
    const Hash128& content_hash() const override { return content_hash_; }

  protected:
    VocabularyTokenizer(Vocabulary vocabulary, bool add_bos)
        : vocabulary_(std::move(vocabulary)), add_bos_(add_bos) {}

    Vocabulary vocabulary_;
    bool add_bos_;
    Hash128 content_hash_;  ///< set by the constructor of each tokenizer
};

/// The value of an array key. kCorrupt names the key where it is absent or of another type.
Result<const std::vector<std::string>*> string_array(const GgufFile& file, std::string_view key);
Result<const std::vector<std::int64_t>*> integer_array(const GgufFile& file, std::string_view key);
Result<const std::vector<double>*> number_array(const GgufFile& file, std::string_view key);

}  // namespace lectern
