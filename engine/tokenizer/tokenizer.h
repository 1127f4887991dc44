// Text ↔ token ids, as the model was trained: byte-level BPE, SentencePiece-style and WordPiece
// behind one interface.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

using TokenId = std::int32_t;

/// Immutable after loading; any thread.
class Tokenizer {
  public:
    virtual ~Tokenizer() = default;

    /// Ids of plain text. Law: control tokens are never parsed from text, user-defined ones always.
    /// No BOS or EOS, no space prefix: segments are encoded one by one and their ids concatenated.
    /// Any bytes are accepted; broken UTF-8 goes through byte tokens. Byte-level and SentencePiece
    /// ids decode to the text again, but for what training changed as well: Qwen's normal form C, a
    /// byte the vocabulary lacks, "▁" for a space.
    virtual std::vector<TokenId> encode(std::string_view text) const = 0;
    /// The bytes a token stands for: "" for control tokens. May be part of a UTF-8 sequence. Pre: 0
    /// ≤ id < vocab_size().
    virtual std::string piece(TokenId id) const = 0;
    /// As piece(), control tokens by their written form: for people to read. Pre: as piece().
    virtual std::string written(TokenId id) const { return piece(id); }

    virtual int vocab_size() const = 0;
    /// The id of a token by its exact written form, control tokens included ("<|im_start|>").
    virtual std::optional<TokenId> find(std::string_view token) const = 0;
    virtual bool is_control(TokenId id) const = 0;
    virtual std::optional<TokenId> bos() const = 0;
    virtual std::optional<TokenId> eos() const = 0;
    /// Whether prompts begin with BOS by the file's own word.
    virtual bool add_bos() const = 0;
    /// Hash of vocabulary, merges and settings: part of a KV key.
    virtual const Hash128& content_hash() const = 0;

    std::string decode(std::span<const TokenId> ids) const;
};

/// By tokenizer.ggml.model and .pre. kUnsupported names a tokenizer or pre-tokenizer that is not
/// known.
Result<std::unique_ptr<Tokenizer>> load_tokenizer(const GgufFile& file);

/// BERT's WordPiece from a folder with vocab.txt and tokenizer_config.json (lower-casing, accents,
/// CJK spacing by its settings). encode() adds no [CLS] or [SEP]; find() knows them.
Result<std::unique_ptr<Tokenizer>> load_wordpiece(const std::filesystem::path& folder);

}  // namespace lectern
