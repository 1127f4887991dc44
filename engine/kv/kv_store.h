// Where chunks' KV is kept: RAM before disk. Caches only: everything here can be computed again.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
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
    std::int64_t corrupt =
        0;  ///< entries dropped because their bytes were wrong, since the store was made
};

/// Safe from any thread.
class KvStore {
  public:
    virtual ~KvStore() = default;
    /// kNotFound is normal: the caller computes the chunk's KV and puts it. kCorrupt: the entry has
    /// been dropped.
    virtual Result<StoredChunk> get(const KvKey& key) = 0;
    /// Whether get() would find it, without reading it or touching its age.
    virtual bool contains(const KvKey& key) = 0;
    /// Keeps it; drops the least recently used entries beyond the budget. kDiskFull, kReadOnly,
    /// kIo: nothing was added. kTooLong: it is larger than the whole budget. A key that is there
    /// keeps its bytes (equal keys mean equal bytes).
    virtual Status put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv) = 0;
    virtual KvStoreStats stats() = 0;
    /// Reads everything and drops what does not match its checksums.
    virtual Result<KvStoreStats> verify() = 0;
    virtual Status clear() = 0;
};

/// Bounded by bytes, least recently used out first.
std::unique_ptr<KvStore> make_ram_kv_store(std::int64_t budget_bytes);

struct DiskKvStoreOptions {
    std::filesystem::path folder;           ///< holds index.sqlite and one file a chunk (FORMAT.md)
    std::int64_t budget_bytes = 8LL << 30;  ///< hard limit on the KV files' bytes, headers included
    FileSystem* files = nullptr;            ///< outlives the store; null: the system's
    std::chrono::milliseconds patience{
        10'000};  ///< how long another program's writing is waited for
};
/// Opens or makes the folder, which any number of processes may use at once. Entries whose file is
/// gone are forgotten, whole files that the index does not know are taken in (a lost index costs
/// nothing), others of ours are removed, and so is what is beyond the budget. A folder that cannot
/// be written opens read-only: get() works, put() is kReadOnly. kIo, kDiskFull; kReadOnly: there is
/// no such folder and it cannot be made; kBusy.
Result<std::unique_ptr<KvStore>> open_disk_kv_store(const DiskKvStoreOptions& options);

/// get: RAM, then disk (which fills RAM); put: both, and a chunk that the disk refuses can still be
/// had from memory; a chunk too large for memory is on disk alone. Figures are the disk's.
std::unique_ptr<KvStore> make_tiered_kv_store(std::unique_ptr<KvStore> ram,
                                              std::unique_ptr<KvStore> disk);

}  // namespace lectern
