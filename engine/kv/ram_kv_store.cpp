// Chunks kept in memory, bounded by bytes, least recently used out first.
#include <cassert>
#include <list>
#include <map>
#include <mutex>
#include <utility>

#include "engine/kv/kv_store.h"

namespace lectern {
namespace {

class RamKvStore : public KvStore {
  public:
    explicit RamKvStore(std::int64_t budget_bytes)
        : default_budget_bytes_(budget_bytes), budget_bytes_(budget_bytes) {}

    Result<StoredChunk> peek(const KvKey& key) override {
        const std::lock_guard lock(mutex_);
        const auto found = find_usable(key);
        if (found == by_key_.end()) {
            return fail(ErrorCode::kNotFound, "No KV for this chunk is in memory.");
        }
        return StoredChunk{found->second->kv, KvTier::kRam};
    }

    void touch(const KvKey& key) override {
        const std::lock_guard lock(mutex_);
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return;
        by_age_.splice(by_age_.begin(), by_age_, found->second);
    }

    bool contains(const KvKey& key) override {
        const std::lock_guard lock(mutex_);
        return find_usable(key) != by_key_.end();
    }

    Status put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv,
               double /*compute_seconds*/) override {
        const auto n_bytes = static_cast<std::int64_t>(kv->n_bytes());
        const std::lock_guard lock(mutex_);
        if (n_bytes > budget_bytes_) return too_large(n_bytes);
        if (const auto old = by_key_.find(key); old != by_key_.end()) erase(old);
        while (bytes_ + n_bytes > budget_bytes_) erase(by_key_.find(by_age_.back().key));
        by_age_.push_front({key, kv, n_bytes});
        by_key_.emplace(key, by_age_.begin());
        bytes_ += n_bytes;
        return {};
    }

    Status set_budget(std::optional<std::int64_t> n_bytes) override {
        const std::lock_guard lock(mutex_);
        budget_bytes_ = n_bytes.value_or(default_budget_bytes_);
        while (bytes_ > budget_bytes_) erase(by_key_.find(by_age_.back().key));
        return {};
    }

    KvStoreStats stats() override {
        const std::lock_guard lock(mutex_);
        return {static_cast<std::int64_t>(by_key_.size()), bytes_, budget_bytes_};
    }

    /// Memory has no checksums: only what its source found broken is dropped (and counted there).
    Result<KvStoreStats> verify() override {
        {
            const std::lock_guard lock(mutex_);
            for (auto it = by_key_.begin(); it != by_key_.end();) {
                const auto entry = it++;
                if (entry->second->kv->broken()) erase(entry);
            }
        }
        return stats();
    }

    Status clear() override {
        const std::lock_guard lock(mutex_);
        by_key_.clear();
        by_age_.clear();
        bytes_ = 0;
        return {};
    }

  private:
    struct Entry {
        KvKey key;
        std::shared_ptr<const ChunkKv> kv;
        std::int64_t n_bytes;
    };
    using Index = std::map<KvKey, std::list<Entry>::iterator>;

    tl::unexpected<Error> too_large(std::int64_t n_bytes) const {
        return fail(ErrorCode::kTooLong, "A chunk's KV of " + std::to_string(n_bytes) +
                                             " bytes is larger than the memory budget of " +
                                             std::to_string(budget_bytes_) + " bytes.");
    }

    Index::iterator find_usable(const KvKey& key) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end() || !found->second->kv->broken()) return found;
        erase(found);
        return by_key_.end();
    }

    void erase(Index::iterator entry) {
        assert(entry != by_key_.end());
        bytes_ -= entry->second->n_bytes;
        by_age_.erase(entry->second);
        by_key_.erase(entry);
    }

    const std::int64_t default_budget_bytes_;
    std::mutex mutex_;  ///< of what follows
    std::int64_t budget_bytes_;
    std::list<Entry> by_age_;  ///< most recently used first
    Index by_key_;
    std::int64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<KvStore> make_ram_kv_store(std::int64_t budget_bytes) {
    return std::make_unique<RamKvStore>(budget_bytes);
}

}  // namespace lectern
