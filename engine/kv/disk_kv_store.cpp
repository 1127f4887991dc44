#include "engine/kv/disk_kv_store.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace lectern {
namespace {

tl::unexpected<Error> not_stored() {
    return fail(ErrorCode::kNotFound, "No KV for this chunk is on disk.");
}

}  // namespace

Result<std::unique_ptr<KvStore>> open_disk_kv_store(const DiskKvStoreOptions& options) {
    return DiskKvStore::open(options);
}

DiskKvStore::DiskKvStore(const DiskKvStoreOptions& options)
    : folder_(options.folder, options.files != nullptr ? *options.files : posix_file_system()),
      patience_(options.patience),
      link_(std::make_shared<Link>()) {
    link_->store = this;
}

DiskKvStore::~DiskKvStore() {
    {
        const std::lock_guard lock(link_->mutex);
        link_->store = nullptr;
    }
    if (read_only_ || index_ == nullptr) return;
    if (const Status flushed = flush_uses(); !flushed) {
        spdlog::warn("KV store: last uses are lost: {}", flushed.error().text());
    }
}

Result<StoredChunk> DiskKvStore::peek(const KvKey& key) {
    LECTERN_ASSIGN(const auto row, find_usable(key));
    if (!row) return not_stored();
    auto kv = open_entry(*row);
    if (!kv) return tl::unexpected<Error>(std::move(kv).error());
    return StoredChunk{std::move(*kv), KvTier::kDisk};
}

/// Remembered here and written with the next change of the index: a use waits for no commit.
void DiskKvStore::touch(const KvKey& key) {
    const std::int64_t use = next_use();
    const std::lock_guard lock(state_mutex_);
    KvUses& uses = uses_[key];
    uses.last = std::max(uses.last, use);
    ++uses.n;
}

bool DiskKvStore::contains(const KvKey& key) {
    const auto row = find_usable(key);
    return row && row->has_value();
}

Status DiskKvStore::put(const KvKey& key, const std::shared_ptr<const ChunkKv>& kv,
                        double compute_seconds) {
    if (read_only_) {
        return fail(ErrorCode::kReadOnly, "The folder of the KV store cannot be written.",
                    "Choose another folder in the settings.");
    }
    LECTERN_ASSIGN(const KvFileHeader header, describe_kv_file(key, *kv));
    LECTERN_ASSIGN(const WriteLock lock, lock_for_writing());
    if (header.file_bytes() > budget_bytes_) {
        return fail(ErrorCode::kTooLong,
                    "A chunk's KV of " + std::to_string(header.file_bytes()) +
                        " bytes is larger than the KV store's budget of " +
                        std::to_string(budget_bytes_) + " bytes.",
                    "Give the KV store more space in the settings.");
    }
    LECTERN_TRY(prepare_to_write());
    LECTERN_ASSIGN(const auto present, index()->find(key));
    if (present) {
        const bool usable = find_usable(key).value_or(std::nullopt).has_value();
        if (usable && folder_.files().identity(folder_.path_of(key))) {
            touch(key);
            return {};
        }
        LECTERN_TRY(remove_entry(*present));
    }
    LECTERN_TRY(evict_until_free(header.file_bytes()));
    return write_entry(header, *kv, compute_seconds);
}

KvStoreStats DiskKvStore::stats() {
    KvStoreStats stats;
    stats.budget_bytes = budget_bytes_;
    stats.corrupt = corrupt_;
    stats.forgotten = forgotten_;
    stats.adopted = adopted_;
    stats.leftovers = leftovers_;
    if (const auto totals = index()->totals()) {
        stats.entries = totals->entries;
        stats.bytes = totals->bytes;
    } else {
        spdlog::warn("KV store: {}", totals.error().text());
    }
    return stats;
}

Result<KvStoreStats> DiskKvStore::verify() {
    if (!read_only_) {
        LECTERN_ASSIGN(const WriteLock lock, lock_for_writing());
        LECTERN_TRY(prepare_to_write());
        LECTERN_TRY(reconcile());
        LECTERN_TRY(evict_until_free(0));
    }
    LECTERN_ASSIGN(const auto rows, index()->rows());
    for (const KvIndexRow& row : rows) {
        auto kv = open_entry(row);
        const bool dropped = !kv && (kv.error().code == ErrorCode::kNotFound ||
                                     kv.error().code == ErrorCode::kCorrupt);
        if (dropped) continue;
        if (!kv) return tl::unexpected<Error>(std::move(kv).error());
        for (int layer = 0; layer < (*kv)->shape().n_layers && !(*kv)->broken(); ++layer) {
            const auto bytes = (*kv)->layer_bytes(layer);
            if (!bytes && !(*kv)->broken()) return tl::unexpected<Error>(bytes.error());
        }
    }
    return stats();
}

Status DiskKvStore::clear() {
    if (read_only_) {
        return fail(ErrorCode::kReadOnly, "The folder of the KV store cannot be written.");
    }
    LECTERN_ASSIGN(const WriteLock lock, lock_for_writing());
    LECTERN_TRY(prepare_to_write());
    LECTERN_ASSIGN(const auto rows, index()->rows());
    for (const KvIndexRow& row : rows) LECTERN_TRY(remove_entry(row));
    return {};
}

std::shared_ptr<KvIndex> DiskKvStore::index() const {
    const std::lock_guard lock(state_mutex_);
    return index_;
}

Result<std::optional<KvIndexRow>> DiskKvStore::find_usable(const KvKey& key) {
    {
        const std::lock_guard lock(state_mutex_);
        if (unusable_.contains(key)) return std::nullopt;
    }
    return index()->find(key);
}

/// Opens a row's file. A file that is gone or damaged takes its row with it.
Result<std::shared_ptr<const ChunkKv>> DiskKvStore::open_entry(const KvIndexRow& row) {
    auto on_corrupt = [link = link_, row] {
        const std::lock_guard lock(link->mutex);
        if (link->store != nullptr) link->store->drop_corrupt(row);
    };
    auto kv = open_kv_file(folder_.files(), folder_.path_of(row.key), row.key, on_corrupt);
    if (!kv && kv.error().code == ErrorCode::kNotFound) {
        if (!read_only_) {
            const std::int64_t ids[] = {row.id};
            if (const Status removed = index()->remove(ids); !removed) {
                spdlog::warn("KV store: {}", removed.error().text());  // it will be tried again
            }
        }
        return not_stored();
    }
    return kv;
}

/// Removes a damaged entry, unless it has been replaced since its row was read. What cannot be
/// removed now is not handed out again.
void DiskKvStore::drop_corrupt(const KvIndexRow& row) {
    ++corrupt_;
    const auto remove = [&]() -> Status {
        if (read_only_) return fail(ErrorCode::kReadOnly, "The store is read-only.");
        LECTERN_ASSIGN(const WriteLock lock, lock_for_writing());
        LECTERN_ASSIGN(const auto now, index()->find(row.key));
        return now && now->id == row.id ? remove_entry(*now) : Status{};
    };
    if (const Status removed = remove(); !removed) {
        spdlog::warn("KV store: a damaged entry stays: {}", removed.error().text());
        const std::lock_guard lock(state_mutex_);
        unusable_.insert(row.key);
    }
}

/// A moment later than all before, of other processes too (their clock is ours).
std::int64_t DiskKvStore::next_use() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    const std::lock_guard lock(state_mutex_);
    latest_use_ = std::max(latest_use_ + 1, micros);
    return latest_use_;
}

}  // namespace lectern
