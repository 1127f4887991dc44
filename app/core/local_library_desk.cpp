#include "app/core/local_library_desk.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/core/attention.h"

namespace lectern {
namespace {

LibraryDocument shown_document(const DocumentRecord& record) {
    LibraryDocument document{.path = record.path, .chunks = record.chunks};
    if (record.failed) {
        const Attention attention = attention_for(record.failure.code);
        document.state = FileState::kFailed;
        document.reason = record.failure.reason;
        document.advice = attention.advice;
        document.can_retry = attention.can_retry;
    } else if (record.offline) {
        document.state = FileState::kOffline;
    } else if (record.indexed) {
        document.state = FileState::kReady;
    }
    return document;
}

std::map<Hash128, std::int64_t> bytes_by_key(const std::vector<KvEntry>& entries) {
    std::map<Hash128, std::int64_t> bytes;
    for (const KvEntry& entry : entries) bytes[entry.key.hash] = entry.n_bytes;
    return bytes;
}

}  // namespace

Result<DocumentList> LocalLibraryDesk::documents(const DocumentQuery& query) {
    LECTERN_ASSIGN(const DocumentPage page, parts_.library->documents(query));
    DocumentList list;
    list.more = page.more;
    for (const DocumentRecord& record : page.documents)
        list.documents.push_back(shown_document(record));
    return list;
}

Result<LibraryUse> LocalLibraryDesk::use() {
    LibraryUse use;
    LECTERN_ASSIGN(use.documents, parts_.library->document_counts());
    LECTERN_ASSIGN(const auto folders, parts_.library->folders());
    LECTERN_ASSIGN(const auto figures, parts_.library->folder_figures());
    std::map<std::int64_t, FolderFigures> by_folder;
    for (const FolderFigures& of : figures) by_folder[of.folder_id] = of;
    std::int64_t chunks = 0;
    for (const FolderRecord& folder : folders) {
        const FolderFigures& of = by_folder[folder.id];
        use.folders.push_back({folder.path, folder.is_file, folder.offline, folder.paused,
                               of.documents, of.waiting, folder.chunks, of.text_bytes,
                               of.vector_bytes, 0});
        chunks += folder.chunks;
    }
    LECTERN_ASSIGN(const double per_chunk, parts_.kv_bytes_per_chunk());
    use.kv_bytes_expected = per_chunk * static_cast<double>(chunks);
    LECTERN_TRY(count_kv(use, folders));
    return use;
}

Status LocalLibraryDesk::count_kv(LibraryUse& use, const std::vector<FolderRecord>& folders) {
    const KvStoreStats stats = parts_.store->stats();
    use.kv_bytes = stats.bytes;
    use.kv_budget_bytes = stats.budget_bytes;
    LECTERN_ASSIGN(const auto entries, parts_.store->entries());
    LECTERN_ASSIGN(const auto notes, parts_.library->kv_notes());
    const std::map<Hash128, std::int64_t> bytes = bytes_by_key(entries);
    std::map<std::int64_t, std::int64_t> by_folder;
    std::map<std::string, std::int64_t> by_model;
    std::int64_t noted = 0;
    for (const KvNote& note : notes) {
        const auto stored = bytes.find(note.key);
        if (stored == bytes.end()) continue;  // evicted
        by_folder[note.folder_id] += stored->second;
        by_model[note.model] += stored->second;
        noted += stored->second;
    }
    for (std::size_t i = 0; i < folders.size(); ++i)
        use.folders[i].kv_bytes = by_folder[folders[i].id];
    use.kv_by_model.assign(by_model.begin(), by_model.end());
    std::stable_sort(use.kv_by_model.begin(), use.kv_by_model.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    use.kv_other_bytes = std::max<std::int64_t>(0, stats.bytes - noted);
    return {};
}

Result<RemovalUse> LocalLibraryDesk::removal_of(const std::filesystem::path& folder) {
    LECTERN_ASSIGN(const FolderRemoval removal, parts_.library->removal_of(folder));
    LECTERN_ASSIGN(const auto entries, parts_.store->entries());
    const std::map<Hash128, std::int64_t> bytes = bytes_by_key(entries);
    RemovalUse use{removal.figures.documents, removal.figures.text_bytes,
                   removal.figures.vector_bytes, 0};
    for (const Hash128& key : removal.kv)
        if (const auto stored = bytes.find(key); stored != bytes.end())
            use.kv_bytes += stored->second;
    return use;
}

Status LocalLibraryDesk::pause(const std::filesystem::path& folder, bool paused) {
    return parts_.library->pause_folder(folder, paused);
}

Status LocalLibraryDesk::put_first(const std::filesystem::path& folder) {
    return parts_.library->put_folder_first(folder);
}

Status LocalLibraryDesk::leave_out(const std::filesystem::path& file) {
    return parts_.library->leave_out(file);
}

Status LocalLibraryDesk::try_again(const std::filesystem::path& file) {
    return parts_.library->try_document_again(file);
}

Result<std::int64_t> LocalLibraryDesk::take_back() { return parts_.take_back(); }

Result<DropPreview> LocalLibraryDesk::preview(const std::vector<std::filesystem::path>& paths,
                                              std::stop_token stop) {
    PreviewParts parts{parts_.library, parts_.knows_extension, 0};
    LECTERN_ASSIGN(parts.kv_bytes_per_chunk, parts_.kv_bytes_per_chunk());
    LECTERN_ASSIGN(DropPreview preview, preview_drop(parts, paths, std::move(stop)));
    const KvStoreStats stats = parts_.store->stats();
    preview.kv_used_bytes = stats.bytes;
    preview.kv_budget_bytes = stats.budget_bytes;
    return preview;
}

Status LocalLibraryDesk::watch(std::function<void()> changed) {
    std::vector<std::filesystem::path> paths;
    if (changed) {
        LECTERN_ASSIGN(const auto folders, parts_.library->folders());
        for (const FolderRecord& folder : folders) paths.push_back(folder.path);
    }
    const std::lock_guard lock(watch_mutex_);
    if (!changed) {
        watcher_.reset();
    } else if (watcher_ == nullptr || watcher_->paths() != paths) {
        WatchOptions options;
        options.matters = [this](std::string_view name, bool is_folder) {
            if (is_left_out(name)) return false;
            return is_folder || parts_.knows_extension(extension_of(std::filesystem::path(name)));
        };
        // The new one before the old one goes: nothing is missed between them.
        watcher_ = std::make_unique<FolderWatcher>(std::move(paths), std::move(changed), options);
    }
    return {};
}

}  // namespace lectern
