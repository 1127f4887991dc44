// The disk store's table of contents: which chunks there are, their bytes, and when each was last
// used.
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
    std::int64_t n_bytes = 0;    ///< of the file
    std::int64_t last_used = 0;  ///< larger is later
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
    /// Makes what is missing (not with kReadOnly), and checks the database's structure. `path` is
    /// not used with kInMemory.
    static Result<std::unique_ptr<KvIndex>> open(const std::filesystem::path& path, Access access);
    ~KvIndex();

    Result<std::optional<KvIndexRow>> find(const KvKey& key);
    /// All rows, the least recently used first.
    Result<std::vector<KvIndexRow>> rows();
    Result<KvIndexTotals> totals();

    Status remove(std::span<const std::int64_t> ids);
    /// Sets last_used where it becomes later.
    Status touch(const std::map<KvKey, std::int64_t>& last_used);
    /// Adds an entry whose file is in place, and ends its begin_writing.
    Status insert(const KvKey& key, std::int64_t n_bytes, std::int64_t last_used);

    /// Notes that a file is being written: if this process dies, the next one finds what it left.
    Status begin_writing(const KvKey& key);
    Status end_writing(const KvKey& key);
    /// Files begun and not ended.
    Result<std::vector<KvKey>> writing();

  private:
    explicit KvIndex(std::unique_ptr<SQLite::Database> database);
    Status write_key(const char* sql, const KvKey& key);

    std::mutex mutex_;
    std::unique_ptr<SQLite::Database> database_;
};

}  // namespace lectern
