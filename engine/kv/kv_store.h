// Where chunks' KV is kept: RAM before disk. Caches only: everything here can be computed again.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_key.h"

namespace lectern {

class FileSystem;

enum class KvTier : std::uint8_t { kRam, kDisk };

struct StoredChunk {
    std::shared_ptr<const ChunkKv> kv;
    KvTier tier = KvTier::kRam;
};

struct KvStoreStats {
    std::int64_t entries = 0;
    std::int64_t bytes = 0;
    std::int64_t budget_bytes = 0;
    // Since the store was opened:
    std::int64_t corrupt = 0;    ///< entries dropped because their bytes were wrong
    std::int64_t forgotten = 0;  ///< entries whose file was gone
    std::int64_t adopted = 0;    ///< whole files taken in that the index did not know
    std::int64_t leftovers = 0;  ///< unfinished files removed
};

/// Safe from any thread.
class KvStore {
  public:
    virtual ~KvStore() = default;
    /// kNotFound is normal: the caller computes the chunk's KV and puts it. kCorrupt: the entry has
    /// been dropped.
    Result<StoredChunk> get(const KvKey& key) {
        Result<StoredChunk> chunk = peek(key);
        if (chunk) touch(key);
        return chunk;
    }
    /// As get(), but it counts as no use.
    virtual Result<StoredChunk> peek(const KvKey& key) = 0;
    /// Counts a use: what is used more stays longer. A key that is not there is no failure.
    virtual void touch(const KvKey& key) = 0;
    /// Whether get() would find it, without reading it or counting a use.
    virtual bool contains(const KvKey& key) = 0;
    /// Keeps it; drops the entries of least worth beyond the budget. compute_seconds: what it took
    /// to compute; 0: not known, as long as others of its size. kDiskFull, kReadOnly, kIo: nothing
    /// was added. kTooLong: it is larger than the whole budget. A key that is there keeps its bytes
    /// (equal keys mean equal bytes), and was used once more.
    virtual Status put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv,
                       double compute_seconds = 0) = 0;
    virtual KvStoreStats stats() = 0;
    /// Makes what is stored and what is known of it agree, reads everything and drops what does not
    /// match its checksums.
    virtual Result<KvStoreStats> verify() = 0;
    virtual Status clear() = 0;
    /// The hard limit from now on; none: the store's default. What is beyond it is dropped at once.
    /// kReadOnly, kBusy: nothing was changed; kIo: the limit holds, what is beyond it goes later.
    virtual Status set_budget(std::optional<std::int64_t> n_bytes) = 0;
};

/// Bounded by bytes, least recently used out first.
std::unique_ptr<KvStore> make_ram_kv_store(std::int64_t budget_bytes);

struct DiskKvStoreOptions {
    std::filesystem::path folder;  ///< holds index.sqlite and one file a chunk (FORMAT.md)
    /// Hard limit on the KV files' bytes, headers and unfinished files included; none:
    /// default_kv_budget() when the store is opened.
    std::optional<std::int64_t> budget_bytes = std::nullopt;
    FileSystem* files = nullptr;  ///< outlives the store; null: the system's
    std::chrono::milliseconds patience{
        10'000};  ///< how long another program's writing is waited for
};
/// A tenth of the disk's free space, at most 20 GB. What the store holds already counts as free: it
/// does not shrink because it was filled.
std::int64_t default_kv_budget(std::int64_t free_bytes, std::int64_t held_bytes);

/// Opens or makes the folder, which any number of processes may use at once. Entries whose file is
/// gone are forgotten, whole files that the index does not know are taken in (a lost index costs
/// nothing), others of ours are removed, and so is what is beyond the budget. A folder that cannot
/// be written opens read-only: get() works, put() is kReadOnly. kIo, kDiskFull; kReadOnly: there is
/// no such folder and it cannot be made; kBusy.
Result<std::unique_ptr<KvStore>> open_disk_kv_store(const DiskKvStoreOptions& options);

/// get: RAM, then disk (which fills RAM); a use counts in both; put: both, and a chunk that the
/// disk refuses can still be had from memory; a chunk too large for memory is on disk alone.
/// Figures are the disk's.
std::unique_ptr<KvStore> make_tiered_kv_store(std::unique_ptr<KvStore> ram,
                                              std::unique_ptr<KvStore> disk);

}  // namespace lectern
