// Memory in front of a disk: what was read or made last is had without the disk.
#include <utility>

#include "engine/kv/kv_store.h"

namespace lectern {
namespace {

class TieredKvStore : public KvStore {
  public:
    TieredKvStore(std::unique_ptr<KvStore> ram, std::unique_ptr<KvStore> disk)
        : ram_(std::move(ram)), disk_(std::move(disk)) {}

    Result<StoredChunk> peek(const KvKey& key) override {
        auto in_ram = ram_->peek(key);
        if (in_ram || in_ram.error().code != ErrorCode::kNotFound) return in_ram;
        auto on_disk = disk_->peek(key);
        if (!on_disk) return on_disk;
        LECTERN_TRY(keep_in_ram(key, on_disk->kv));
        return on_disk;
    }

    void touch(const KvKey& key) override {
        ram_->touch(key);
        disk_->touch(key);
    }

    bool contains(const KvKey& key) override { return ram_->contains(key) || disk_->contains(key); }

    Status put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv,
               double compute_seconds) override {
        LECTERN_TRY(keep_in_ram(key, kv));
        return disk_->put(key, kv, compute_seconds);
    }

    KvStoreStats stats() override { return disk_->stats(); }

    Result<KvStoreStats> verify() override {
        LECTERN_TRY(ram_->verify());
        return disk_->verify();
    }

    Status clear() override {
        LECTERN_TRY(ram_->clear());
        return disk_->clear();
    }

    /// The disk's: memory keeps its own.
    Status set_budget(std::optional<std::int64_t> n_bytes) override {
        return disk_->set_budget(n_bytes);
    }

  private:
    Status keep_in_ram(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv) {
        Status kept = ram_->put(key, kv);
        if (!kept && kept.error().code == ErrorCode::kTooLong) return {};
        return kept;
    }

    std::unique_ptr<KvStore> ram_;
    std::unique_ptr<KvStore> disk_;
};

}  // namespace

std::unique_ptr<KvStore> make_tiered_kv_store(std::unique_ptr<KvStore> ram,
                                              std::unique_ptr<KvStore> disk) {
    return std::make_unique<TieredKvStore>(std::move(ram), std::move(disk));
}

}  // namespace lectern
