// Six passages and a question with the passages' KV in a store on disk: what is read in benchmarks
// of the first token.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "app/core/model_session.h"
#include "app/core/passage_kv.h"
#include "engine/fusion/fusion_settings.h"
#include "engine/kv/kv_store.h"

namespace lectern {

/// One thread at a time. The session outlives it and holds the read prompt after each reading.
class StoredPrompt {
  public:
    struct FusedRead {
        FuseReport report;
        double open_ms = 0;  ///< finding and opening what is stored
    };

    /// Passages of n_passage_tokens together; KV that `folder` lacks is computed and put there.
    /// ram_bytes: memory in front of it, 0: none.
    static Result<std::unique_ptr<StoredPrompt>> create(ModelSession& session, int n_passage_tokens,
                                                        const std::filesystem::path& folder,
                                                        std::int64_t ram_bytes,
                                                        std::stop_token stop);

    /// As the answer flow reads: found in the store, opened, fused.
    /// kInternal where the store has lost an entry.
    Result<FusedRead> read_fused(const FusionSettings& settings, std::stop_token stop);
    Result<FuseReport> read_in_full(std::stop_token stop);

    /// Of the whole prompt, its prefix included.
    std::vector<TokenId> ids() const;
    int n_tokens() const { return static_cast<int>(ids().size()); }

  private:
    StoredPrompt(ModelSession& session, std::unique_ptr<KvStore> store)
        : session_(&session), store_(std::move(store)), passage_kv_(session, *store_) {}

    ModelSession* session_;
    std::unique_ptr<KvStore> store_;
    PassageKv passage_kv_;
    PromptSegments segments_;  ///< behind the prefix
};

}  // namespace lectern
