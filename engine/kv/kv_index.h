// The disk store's table of contents: which chunks there are, their bytes, what each is worth and
// when it was last used.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv/kv_key.h"

namespace SQLite {
class Database;
}

namespace lectern {

struct KvIndexRow {
    std::int64_t id = 0;  ///< never used twice
    KvKey key;
    std::int64_t n_bytes = 0;  ///< of the file
    double priority = 0;       ///< kv_priority()
};

/// What becomes an entry.
struct NewKvEntry {
    KvKey key;
    std::int64_t n_bytes = 0;
    std::int64_t last_used = 0;  ///< larger is later
    double compute_seconds = 0;
};

/// Uses of an entry that the index was not told of yet.
struct KvUses {
    std::int64_t last = 0;  ///< as last_used
    std::int64_t n = 0;
};

struct KvIndexTotals {
    std::int64_t entries = 0;
    std::int64_t bytes = 0;
    std::int64_t latest_use = 0;
};

/// A SQLite database (WAL) that several processes may have open. Any thread. Errors: kCorrupt (not
/// such a database, or damaged), kDiskFull, kReadOnly, kBusy (another kept it locked for seconds),
/// kIo.
class KvIndex {
  public:
    enum class Access : std::uint8_t { kReadWrite, kReadOnly, kInMemory };
    /// Makes what is missing and brings an older version up to date (not with kReadOnly), and
    /// checks the database's structure. `path` is not used with kInMemory.
    static Result<std::unique_ptr<KvIndex>> open(const std::filesystem::path& path, Access access);
    ~KvIndex();

    Result<std::optional<KvIndexRow>> find(const KvKey& key);
    /// All rows, those of least priority first, and of the same priority the least recently used.
    Result<std::vector<KvIndexRow>> rows();
    Result<KvIndexTotals> totals();

    /// What computing a stored byte takes, by the entries there are.
    Result<double> seconds_per_byte();

    Status remove(std::span<const std::int64_t> ids);
    /// Removes rows that give way to others: the clock becomes their highest priority.
    Status evict(std::span<const KvIndexRow> rows);
    /// Adds uses, and with them priority.
    Status touch(const std::map<KvKey, KvUses>& uses);
    /// Adds an entry, once used, whose file is in place, and ends its begin_writing.
    Status insert(const NewKvEntry& entry);

    /// Notes that a file is being written: if this process dies, the next one finds what it left.
    Status begin_writing(const KvKey& key);
    Status end_writing(const KvKey& key);
    /// Files begun and not ended.
    Result<std::vector<KvKey>> writing();

  private:
    explicit KvIndex(std::unique_ptr<SQLite::Database> database);
    Status write_key(const char* sql, const KvKey& key);
    double clock();  ///< pre: mutex_ is held
    void remove_rows(std::span<const std::int64_t> ids);

    std::mutex mutex_;
    std::unique_ptr<SQLite::Database> database_;
};

}  // namespace lectern
