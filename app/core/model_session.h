// An answering model in memory with its working cache: what the answer flow computes with.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "app/core/prompt_plan.h"
#include "engine/backend/cpu/cpu_backend.h"
#include "engine/base/result.h"
#include "engine/kv/kv_key.h"
#include "engine/model/transformer.h"
#include "engine/tokenizer/chat_template.h"

namespace lectern {

struct SessionOptions {
    /// Tokens of the working cache; the model's own limit where that is less. 0: that limit, or
    /// what half of the free memory holds.
    int context = 8192;
    int batch_rows = 512;
    KvFormat kv_format = kDefaultKvFormat;
    /// A file of Jinja text in the place of the model's own; empty: its own.
    std::filesystem::path chat_template;
    CpuBackendOptions backend;
};

/// Tokens of context that are worth it where none were chosen: the model's own limit, as far as
/// half of the free memory goes, but at least kLeastContext. bytes_per_token: of the cache.
int automatic_context(int model_limit, std::uint64_t bytes_per_token, std::uint64_t free_bytes);
inline constexpr int kLeastContext = 2048;

/// Owns backend, weights, caches and scratch. One thread at a time.
class ModelSession {
  public:
    /// Loads the file and computes the prompt prefix. kOutOfMemory before anything is loaded: names
    /// the need and what there is. Others as GgufFile, load_tokenizer, ChatTemplate and
    /// Transformer.
    static Result<std::unique_ptr<ModelSession>> load(const std::filesystem::path& file,
                                                      const SessionOptions& options,
                                                      std::stop_token stop);

    Transformer& model() { return *model_; }
    Activations& activations() { return activations_; }
    /// The conversation's.
    KvCache& cache() { return *cache_; }
    const KvCache& cache() const { return *cache_; }
    const Tokenizer& tokenizer() const { return *tokenizer_; }
    const ChatTemplate& chat_template() const { return *template_; }
    const PromptPlanner& planner() const { return *planner_; }
    int context() const { return cache_->capacity(); }
    KvFormat kv_format() const { return kv_format_; }
    /// Of the model: Transformer::fingerprint(), 32 hexadecimal digits.
    std::string fingerprint() const { return model_->fingerprint().hex(); }
    KvKey key_of(std::span<const TokenId> chunk) const;
    /// A new cache that holds the prompt prefix alone. kOutOfMemory, kCancelled. Pre: it fits.
    Result<KvCache> make_cache(int capacity, const std::stop_token& stop);
    /// A cache beside the conversation's that holds the prompt prefix alone and has room for a
    /// chunk of n_tokens, as far as the context goes. The next call may replace it. kOutOfMemory,
    /// kCancelled.
    Result<KvCache*> chunk_cache(int n_tokens, const std::stop_token& stop);
    /// The conversation's cache holds the prompt prefix alone.
    void rewind() { cache_->truncate(static_cast<int>(planner_->prefix().size())); }
    /// Time that load() took.
    double load_ms() const { return load_ms_; }

  private:
    ModelSession() = default;

    std::unique_ptr<Backend> backend_;
    std::unique_ptr<Tokenizer> tokenizer_;
    std::optional<ChatTemplate> template_;
    std::unique_ptr<Transformer> model_;
    Activations activations_;
    std::optional<KvCache> cache_;
    std::optional<KvCache> chunk_cache_;  ///< made when it is first needed
    std::optional<PromptPlanner> planner_;
    KvFormat kv_format_ = kDefaultKvFormat;
    double load_ms_ = 0;
};

}  // namespace lectern
