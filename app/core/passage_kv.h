// Passages' KV: from the store, or computed and put there. The one place that knows both session
// and store.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "app/core/model_session.h"
#include "engine/fusion/fuser.h"
#include "engine/fusion/fusion_settings.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/kv/kv_store.h"

namespace lectern {

struct GatheredKv {
    std::vector<std::shared_ptr<const ChunkKv>> chunks;  ///< one a passage segment, in order
    int from_ram = 0, from_disk = 0, computed = 0;
    double open_ms = 0;     ///< finding and opening what is stored
    double compute_ms = 0;  ///< computing and putting what is not
};

/// Stored passages read.
struct StoredRead {
    GatheredKv kv;
    FuseReport report;
};

/// One thread at a time. All outlive it.
class PassageKv {
  public:
    PassageKv(ModelSession& session, KvStore& store) : session_(&session), store_(&store) {}

    /// Every passage's KV; what is missing is computed and put. An entry that cannot be put (full
    /// disk) is used all the same and said in the log.
    Result<GatheredKv> gather(const PromptSegments& segments, std::stop_token stop);
    /// gather(), then read_fused (fuser.h) behind what the session's cache holds. A corrupt chunk
    /// is computed again. Other errors of both and of make_fusion.
    Result<StoredRead> read(const PromptSegments& segments, const FusionSettings& settings,
                            std::uint64_t seed, std::stop_token stop);
    /// Of the passages' tokens, those whose KV is stored; 1 for no passages.
    double share_stored(const PromptSegments& segments) const;
    /// Computes and puts a passage's KV unless it is there. true: it was computed. kTooLong: it
    /// is not computed, as the budget has no room for it beside what is there.
    Result<bool> keep(std::span<const TokenId> passage, std::stop_token stop);

  private:
    struct Computed {
        std::shared_ptr<const ChunkKv> kv;
        double seconds = 0;  ///< it took
    };
    Result<Computed> compute(std::span<const TokenId> passage, std::stop_token stop);

    ModelSession* session_;
    KvStore* store_;
};

}  // namespace lectern
