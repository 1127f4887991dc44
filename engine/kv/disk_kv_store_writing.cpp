// The disk store's opening, repair and writing. At every step the files lie within the budget, and
// a step that fails leaves what was there.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "engine/kv/disk_kv_store.h"

namespace lectern {

std::int64_t default_kv_budget(std::int64_t free_bytes, std::int64_t held_bytes) {
    constexpr std::int64_t kMost = 20'000'000'000;
    return std::min((free_bytes + held_bytes) / 10, kMost);
}

Result<std::unique_ptr<KvStore>> DiskKvStore::open(const DiskKvStoreOptions& options) {
    auto store = std::make_unique<DiskKvStore>(options);
    const auto open = [&]() -> Status {
        LECTERN_ASSIGN(const WriteLock lock, store->lock_for_writing());
        LECTERN_TRY(store->open_index());
        LECTERN_TRY(store->reconcile());
        LECTERN_TRY(store->choose_budget(options.budget_bytes));
        return store->evict_until_free(0);
    };
    Status opened = open();
    const bool exists = store->folder_.files().identity(options.folder).has_value();
    if (!opened && opened.error().code == ErrorCode::kReadOnly && exists) {
        opened = store->open_read_only(options.budget_bytes);
    }
    if (!opened) return tl::unexpected<Error>(std::move(opened).error());
    return std::unique_ptr<KvStore>(std::move(store));
}

/// With the index that is there or, if there is none to be used, with one made in memory.
Status DiskKvStore::open_read_only(std::optional<std::int64_t> budget_bytes) {
    read_only_ = true;
    if (folder_.files().identity(folder_.index_path())) {
        auto opened = KvIndex::open(folder_.index_path(), KvIndex::Access::kReadOnly);
        if (opened) {
            index_ = std::move(*opened);
            return choose_budget(budget_bytes);
        }
        spdlog::warn("KV store: {}", opened.error().text());
    }
    LECTERN_ASSIGN(index_, KvIndex::open({}, KvIndex::Access::kInMemory));
    LECTERN_ASSIGN(const auto contents, folder_.list());
    LECTERN_TRY(adopt(contents.chunks));
    return choose_budget(budget_bytes);
}

/// Pre: the index knows what is there.
Status DiskKvStore::choose_budget(std::optional<std::int64_t> n_bytes) {
    if (n_bytes) {
        budget_bytes_ = *n_bytes;
        return {};
    }
    LECTERN_ASSIGN(const KvIndexTotals totals, index()->totals());
    LECTERN_ASSIGN(const std::int64_t free, folder_.free_bytes());
    budget_bytes_ = default_kv_budget(free, totals.bytes);
    return {};
}

Status DiskKvStore::set_budget(std::optional<std::int64_t> n_bytes) {
    if (read_only_)
        return fail(ErrorCode::kReadOnly, "The folder of the KV store cannot be written.",
                    "Choose another folder in the settings.");
    LECTERN_ASSIGN(const WriteLock lock, lock_for_writing());
    LECTERN_TRY(prepare_to_write());
    LECTERN_TRY(choose_budget(n_bytes));
    return evict_until_free(0);
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

/// Makes files and rows agree. Pre: a WriteLock.
Status DiskKvStore::reconcile() {
    LECTERN_ASSIGN(KvFolder::Contents contents, folder_.list());
    for (const auto& path : contents.unfinished) {
        LECTERN_TRY(folder_.files().remove(path));
        ++leftovers_;
    }

    std::vector<std::int64_t> stale;
    LECTERN_ASSIGN(const auto rows, index()->rows());
    for (const KvIndexRow& row : rows) {
        const auto file = contents.chunks.find(row.key);
        if (file == contents.chunks.end()) {
            ++forgotten_;
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
    LECTERN_TRY(adopt(contents.chunks));

    LECTERN_ASSIGN(const auto begun, index()->writing());
    for (const KvKey& key : begun) LECTERN_TRY(index()->end_writing(key));
    return {};
}

/// Enters files (with their bytes) that the index does not know: their writer died, or the index
/// was lost. What is no whole file of ours is removed where that is allowed; what cannot be read
/// now stays for a later time.
Status DiskKvStore::adopt(const std::map<KvKey, std::int64_t>& files) {
    const auto is_ours = [&](const KvKey& key) -> Result<bool> {
        const std::filesystem::path path = folder_.path_of(key);
        LECTERN_ASSIGN(const auto file, folder_.files().open(path));
        LECTERN_ASSIGN(const KvFileHeader header, read_kv_file_header(*file, path));
        return header.key == key;
    };
    LECTERN_ASSIGN(const double seconds_per_byte, index()->seconds_per_byte());
    for (const auto& [key, n_bytes] : files) {
        const Result<bool> ours = is_ours(key);
        if (!ours && ours.error().code != ErrorCode::kCorrupt) {
            spdlog::warn("KV store: {}", ours.error().text());
            continue;
        }
        if (ours.value_or(false)) {
            const double seconds = seconds_per_byte * static_cast<double>(n_bytes);
            LECTERN_TRY(index()->insert({key, n_bytes, next_use(), seconds}));
            ++adopted_;
            continue;
        }
        ++corrupt_;
        if (!read_only_) LECTERN_TRY(folder_.discard(key));
    }
    return {};
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
        LECTERN_TRY(evict_until_free(0));
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
Status DiskKvStore::write_entry(const KvFileHeader& header, const ChunkKv& kv,
                                double compute_seconds) {
    if (compute_seconds <= 0) {
        LECTERN_ASSIGN(const double seconds_per_byte, index()->seconds_per_byte());
        compute_seconds = seconds_per_byte * static_cast<double>(header.file_bytes());
    }
    LECTERN_TRY(index()->begin_writing(header.key));
    Status written = folder_.write(header, kv);
    if (written)
        written = index()->insert({header.key, header.file_bytes(), next_use(), compute_seconds});
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

/// Removes the entries of least priority until n_bytes more fit the budget.
Status DiskKvStore::evict_until_free(std::int64_t n_bytes) {
    LECTERN_ASSIGN(const KvIndexTotals totals, index()->totals());
    std::int64_t bytes = totals.bytes;
    if (bytes + n_bytes <= budget_bytes_) return {};
    LECTERN_ASSIGN(const auto rows, index()->rows());
    std::size_t n_removed = 0;
    Status status;
    while (n_removed < rows.size() && bytes + n_bytes > budget_bytes_) {
        status = folder_.discard(rows[n_removed].key);
        if (!status) break;
        bytes -= rows[n_removed++].n_bytes;
    }
    LECTERN_TRY(index()->evict(std::span(rows).first(n_removed)));
    return status;
}

/// The file first: a row without a file is noticed at once, a file without a row at the next start.
Status DiskKvStore::remove_entry(const KvIndexRow& row) {
    LECTERN_TRY(folder_.discard(row.key));
    const std::int64_t ids[] = {row.id};
    return index()->remove(ids);
}

Status DiskKvStore::flush_uses() {
    std::map<KvKey, KvUses> uses;
    {
        const std::lock_guard lock(state_mutex_);
        uses.swap(uses_);
    }
    if (uses.empty()) return {};
    Status told = index()->touch(uses);
    if (!told) {
        const std::lock_guard lock(state_mutex_);
        for (const auto& [key, untold] : uses) {
            KvUses& later = uses_[key];
            later = {std::max(later.last, untold.last), later.n + untold.n};
        }
    }
    return told;
}

}  // namespace lectern
