// A BERT encoder (MiniLM and its kind) for embeddings: safetensors + config.json, mean pooling.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

class Encoder {
  public:
    /// `folder` holds model.safetensors, config.json, vocab.txt and, where they differ from the
    /// defaults, tokenizer_config.json and sentence_bert_config.json (its max_seq_length).
    static Result<std::unique_ptr<Encoder>> load(const std::filesystem::path& folder,
                                                 Backend& backend);
    ~Encoder();
    /// Another over the same weights, for a thread of its own: it gives the same vectors. `backend`
    /// is of the kind that loaded them.
    Result<std::unique_ptr<Encoder>> twin(Backend& backend) const;

    int dimensions() const;
    /// Tokens of text one window may have, [CLS] and [SEP] not counted.
    int max_tokens() const;
    const Hash128& fingerprint() const;
    const Tokenizer& tokenizer() const;

    /// One unit vector a sequence: out[n, dimensions()]. ids without [CLS] and [SEP]; longer than
    /// max_tokens() is an error. Sequences are packed without padding. One thread at a time.
    Status embed(std::span<const std::vector<TokenId>> sequences, std::span<float> out);

  private:
    struct Model;
    struct State;
    explicit Encoder(std::unique_ptr<State> state);
    static Result<std::unique_ptr<Encoder>> over(std::shared_ptr<const Model> model,
                                                 Backend& backend);
    std::unique_ptr<State> state_;
};

}  // namespace lectern
