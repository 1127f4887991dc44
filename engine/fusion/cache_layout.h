// A prompt laid out in a cache: which rows its segments cover, and the way back.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

/// Truncates the cache to the size it had, unless keep() was called.
class CacheRollback {
  public:
    explicit CacheRollback(KvCache& cache) : cache_(cache), size_(cache.size()) {}
    ~CacheRollback() {
        if (!kept_) cache_.truncate(size_);
    }
    CacheRollback(const CacheRollback&) = delete;
    CacheRollback& operator=(const CacheRollback&) = delete;
    void keep() { kept_ = true; }

  private:
    KvCache& cache_;
    int size_;
    bool kept_ = false;
};

struct CacheLayout {
    std::vector<std::int32_t> leading;   ///< rows of prefix and history
    std::vector<std::int32_t> passages;  ///< rows of all passages, ascending
    std::vector<std::int32_t> question;
    std::vector<int> passage_begins;  ///< first row of each passage segment, empty ones too
};

/// Appends all segments. Passage rows are kReused, the others kExact, until mark_computed().
/// kTooLong, kInvalidArgument: nothing was appended. Pre: the order of PromptSegments.
Result<CacheLayout> append_segments(KvCache& cache, const PromptSegments& segments);

/// Sets the states of freshly computed rows (ascending): kExact where every row below is exact,
/// kRecomputed elsewhere.
void mark_computed(KvCache& cache, std::span<const std::int32_t> rows);

}  // namespace lectern
