#include "app/core/drop_preview.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/core/kv_estimate.h"
#include "app/core/reading_rate.h"
#include "retrieval/document/document_reader.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

std::vector<DropKind> most_first(const std::map<std::string, int>& counts) {
    std::vector<DropKind> kinds;
    for (const auto& [extension, n] : counts) kinds.push_back({extension, n});
    std::stable_sort(kinds.begin(), kinds.end(),
                     [](const auto& a, const auto& b) { return a.documents > b.documents; });
    return kinds;
}

std::vector<FolderRecord> as_folders(const std::vector<fs::path>& paths, DropPreview& preview) {
    std::vector<FolderRecord> folders;
    for (const fs::path& path : paths) {
        std::error_code error;
        if (!fs::exists(path, error)) {
            preview.missing.push_back(path.string());
            continue;
        }
        FolderRecord folder;
        folder.path = fs::absolute(path).lexically_normal();
        folder.is_file = !fs::is_directory(path, error);
        folders.push_back(std::move(folder));
    }
    return folders;
}

}  // namespace

Result<DropPreview> preview_drop(const PreviewParts& parts, const std::vector<fs::path>& paths,
                                 std::stop_token stop) {
    DropPreview preview;
    const FileScan scan = scan_folders(as_folders(paths, preview), parts.knows_extension, stop);
    if (scan.cancelled) return fail(ErrorCode::kCancelled, "Looking at the files was stopped.");
    LECTERN_ASSIGN(const auto documents, parts.library->documents());
    std::map<fs::path, FileStamp> indexed;
    for (const DocumentRecord& document : documents)
        if (document.indexed) indexed.emplace(document.path, document.stamp);
    const ChunkEstimate estimate(documents);
    double chunks = 0;
    std::map<std::string, int> kinds;
    for (const FoundFile& file : scan.files) {
        const std::int64_t bytes = file.stamp.size_bytes;
        const auto known = indexed.find(file.path);
        if (known != indexed.end() && known->second == file.stamp) {
            ++preview.already_read;
        } else if (bytes == 0) {
            ++preview.empty;
        } else if (bytes > ReadLimits{}.file_bytes) {
            ++preview.too_large;
        } else {
            ++preview.documents;
            preview.bytes += bytes;
            ++kinds[extension_of(file.path)];
            chunks += estimate.of(file.path, bytes);
        }
    }
    preview.kinds = most_first(kinds);
    preview.unknown_kinds = most_first(scan.skipped.unknown_kinds);
    preview.hidden = scan.skipped.hidden;
    preview.unreadable = static_cast<int>(scan.unreadable.size());
    for (const ScannedFolder& folder : scan.folders) preview.unreadable += folder.offline ? 1 : 0;
    preview.kv_bytes = chunks * parts.kv_bytes_per_chunk;
    LECTERN_ASSIGN(const std::optional<double> rate, seconds_per_chunk(*parts.library));
    if (rate) preview.seconds = chunks * *rate;
    return preview;
}

}  // namespace lectern
