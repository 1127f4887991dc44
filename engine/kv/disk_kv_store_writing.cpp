// The disk store's opening, repair and writing. At every step the files lie within the budget, and
// a step that fails leaves what was there.
#include <spdlog/spdlog.h>

#include <utility>

#include "engine/kv/disk_kv_store.h"

namespace lectern {

Result<std::unique_ptr<KvStore>> DiskKvStore::open(const DiskKvStoreOptions& options) {
    auto store = std::make_unique<DiskKvStore>(options);
    const auto open = [&]() -> Status {
        LECTERN_ASSIGN(const WriteLock lock, store->lock_for_writing());
        LECTERN_TRY(store->open_index());
        return store->reconcile();
    };
    Status opened = open();
    const bool exists = store->folder_.files().identity(options.folder).has_value();
    if (!opened && opened.error().code == ErrorCode::kReadOnly && exists) {
        opened = store->open_read_only();
    }
    if (!opened) return tl::unexpected<Error>(std::move(opened).error());
    return std::unique_ptr<KvStore>(std::move(store));
}

/// With the index that is there or, if there is none to be used, with one made in memory.
Status DiskKvStore::open_read_only() {
    read_only_ = true;
    if (folder_.files().identity(folder_.index_path())) {
        auto opened = KvIndex::open(folder_.index_path(), KvIndex::Access::kReadOnly);
        if (opened) {
            index_ = std::move(*opened);
            return {};
        }
        spdlog::warn("KV store: {}", opened.error().text());
    }
    LECTERN_ASSIGN(index_, KvIndex::open({}, KvIndex::Access::kInMemory));
    LECTERN_ASSIGN(const auto contents, folder_.list());
    for (const auto& [key, n_bytes] : contents.chunks) LECTERN_TRY(take_in(key, n_bytes, false));
    return {};
}

/// Opens the index; one that is damaged is made anew. Pre: a WriteLock.
Status DiskKvStore::open_index() {
    auto opened = KvIndex::open(folder_.index_path(), KvIndex::Access::kReadWrite);
    if (!opened && opened.error().code == ErrorCode::kCorrupt) {
        spdlog::warn("KV store: {} It is made anew.", opened.error().text());
        LECTERN_TRY(folder_.remove_index());
        opened = KvIndex::open(folder_.index_path(), KvIndex::Access::kReadWrite);
    }
    if (!opened) return tl::unexpected<Error>(std::move(opened).error());
    LECTERN_ASSIGN(const KvIndexTotals totals, (*opened)->totals());
    const std::lock_guard lock(state_mutex_);
    index_ = std::move(*opened);
    index_identity_ = folder_.files().identity(folder_.index_path());
    latest_use_ = std::max(latest_use_, totals.latest_use);
    return {};
}

/// Makes files and rows agree, and both fit the budget. Pre: a WriteLock.
Status DiskKvStore::reconcile() {
    LECTERN_ASSIGN(KvFolder::Contents contents, folder_.list());
    for (const auto& path : contents.unfinished) LECTERN_TRY(folder_.files().remove(path));

    std::vector<std::int64_t> stale;
    LECTERN_ASSIGN(const auto rows, index()->rows());
    for (const KvIndexRow& row : rows) {
        const auto file = contents.chunks.find(row.key);
        if (file == contents.chunks.end()) {
            stale.push_back(row.id);
            continue;
        }
        if (file->second != row.n_bytes) {
            ++corrupt_;
            LECTERN_TRY(folder_.discard(row.key));
            stale.push_back(row.id);
        }
        contents.chunks.erase(file);
    }
    LECTERN_TRY(index()->remove(stale));
    for (const auto& [key, n_bytes] : contents.chunks) LECTERN_TRY(take_in(key, n_bytes, true));

    LECTERN_ASSIGN(const auto begun, index()->writing());
    for (const KvKey& key : begun) LECTERN_TRY(index()->end_writing(key));
    return evict_until_free(0);
}

/// Enters a file that the index does not know: its writer died, or the index was lost.
Status DiskKvStore::take_in(const KvKey& key, std::int64_t n_bytes, bool may_remove) {
    const std::filesystem::path path = folder_.path_of(key);
    const auto is_ours = [&]() -> Result<bool> {
        LECTERN_ASSIGN(const auto file, folder_.files().open(path));
        LECTERN_ASSIGN(const KvFileHeader header, read_kv_file_header(*file, path));
        return header.key == key;
    };
    if (is_ours().value_or(false)) return index()->insert(key, n_bytes, next_use());
    ++corrupt_;
    return may_remove ? folder_.discard(key) : Status{};
}

Result<DiskKvStore::WriteLock> DiskKvStore::lock_for_writing() {
    WriteLock lock{std::unique_lock(write_mutex_), nullptr};
    LECTERN_TRY(folder_.create());
    LECTERN_ASSIGN(lock.process, folder_.lock(patience_));
    return lock;
}

/// Before any change: follows an index that was replaced, ends what a writer left that died, and
/// tells the index what was used.
Status DiskKvStore::prepare_to_write() {
    const auto current = folder_.files().identity(folder_.index_path());
    if (!current || current != index_identity_) {
        LECTERN_TRY(open_index());
        LECTERN_TRY(reconcile());
    }
    LECTERN_ASSIGN(const auto begun, index()->writing());
    for (const KvKey& key : begun) {
        LECTERN_ASSIGN(const auto entered, index()->find(key));
        if (!entered) LECTERN_TRY(folder_.discard(key));
        LECTERN_TRY(index()->end_writing(key));
    }
    return flush_uses();
}

/// Pre: there is room, and no entry of this key.
Status DiskKvStore::write_entry(const KvFileHeader& header, const ChunkKv& kv) {
    LECTERN_TRY(index()->begin_writing(header.key));
    Status written = folder_.write(header, kv);
    if (written) written = index()->insert(header.key, header.file_bytes(), next_use());
    if (!written) {
        // What cannot be removed either stays noted, and the next writer ends it.
        Status undone = folder_.discard(header.key);
        if (undone) undone = index()->end_writing(header.key);
        if (!undone) spdlog::warn("KV store: {}", undone.error().text());
        return written;
    }
    const std::lock_guard lock(state_mutex_);
    unusable_.erase(header.key);
    return {};
}

/// Removes the least recently used entries until n_bytes more fit the budget.
Status DiskKvStore::evict_until_free(std::int64_t n_bytes) {
    LECTERN_ASSIGN(const KvIndexTotals totals, index()->totals());
    std::int64_t bytes = totals.bytes;
    if (bytes + n_bytes <= budget_bytes_) return {};
    LECTERN_ASSIGN(const auto rows, index()->rows());
    std::vector<std::int64_t> removed;
    Status status;
    for (const KvIndexRow& row : rows) {
        if (bytes + n_bytes <= budget_bytes_) break;
        status = folder_.discard(row.key);
        if (!status) break;
        removed.push_back(row.id);
        bytes -= row.n_bytes;
    }
    LECTERN_TRY(index()->remove(removed));
    return status;
}

/// The file first: a row without a file is noticed at once, a file without a row at the next start.
Status DiskKvStore::remove_entry(const KvIndexRow& row) {
    LECTERN_TRY(folder_.discard(row.key));
    const std::int64_t ids[] = {row.id};
    return index()->remove(ids);
}

Status DiskKvStore::flush_uses() {
    std::map<KvKey, std::int64_t> uses;
    {
        const std::lock_guard lock(state_mutex_);
        uses.swap(uses_);
    }
    if (uses.empty()) return {};
    Status told = index()->touch(uses);
    if (!told) {
        const std::lock_guard lock(state_mutex_);
        uses_.merge(uses);
    }
    return told;
}

}  // namespace lectern
