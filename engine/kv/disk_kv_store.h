// Chunks on disk: files beside a SQLite index that says which there are. How each kind of damage is
// repaired stands in FORMAT.md.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "engine/kv/kv_folder.h"
#include "engine/kv/kv_index.h"
#include "engine/kv/kv_store.h"

namespace lectern {

/// Writing is one at a time, across threads (mutex) and processes (the folder's lock); reading
/// takes neither.
class DiskKvStore : public KvStore {
  public:
    static Result<std::unique_ptr<KvStore>> open(const DiskKvStoreOptions& options);
    explicit DiskKvStore(const DiskKvStoreOptions& options);  ///< for open()
    ~DiskKvStore() override;

    Result<StoredChunk> peek(const KvKey& key) override;
    void touch(const KvKey& key) override;
    bool contains(const KvKey& key) override;
    Status put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv,
               double compute_seconds) override;
    KvStoreStats stats() override;
    Result<KvStoreStats> verify() override;
    Status clear() override;
    Status set_budget(std::optional<std::int64_t> n_bytes) override;

  private:
    struct WriteLock {
        std::unique_lock<std::mutex> thread;
        std::unique_ptr<FileLock> process;
    };
    /// What chunks that outlive the store hold of it.
    struct Link {
        std::mutex mutex;
        DiskKvStore* store;  ///< null once the store is gone
    };

    // Opening.
    Status open_read_only(std::optional<std::int64_t> budget_bytes);
    Status open_index();
    Status choose_budget(std::optional<std::int64_t> n_bytes);
    Status reconcile();
    Status adopt(const std::map<KvKey, std::int64_t>& files);

    // Writing; all with a WriteLock held.
    Result<WriteLock> lock_for_writing();
    Status prepare_to_write();
    Status write_entry(const KvFileHeader& header, const ChunkKv& kv, double compute_seconds);
    Status evict_until_free(std::int64_t n_bytes);
    Status remove_entry(const KvIndexRow& row);
    Status flush_uses();

    std::shared_ptr<KvIndex> index() const;
    Result<std::optional<KvIndexRow>> find_usable(const KvKey& key);
    Result<std::shared_ptr<const ChunkKv>> open_entry(const KvIndexRow& row);
    void drop_corrupt(const KvIndexRow& row);
    std::int64_t next_use();

    KvFolder folder_;
    std::atomic<std::int64_t> budget_bytes_{0};  ///< set once the store is open
    const std::chrono::milliseconds patience_;
    bool read_only_ = false;
    // As in KvStoreStats.
    std::atomic<std::int64_t> corrupt_{0}, forgotten_{0}, adopted_{0}, leftovers_{0};
    std::shared_ptr<Link> link_;

    std::mutex write_mutex_;
    mutable std::mutex state_mutex_;  ///< of what follows; held for moments only
    std::shared_ptr<KvIndex> index_;
    std::optional<FileIdentity> index_identity_;
    std::set<KvKey> unusable_;      ///< corrupt entries that could not be removed
    std::map<KvKey, KvUses> uses_;  ///< since the index was last told
    std::int64_t latest_use_ = 0;
};

}  // namespace lectern
