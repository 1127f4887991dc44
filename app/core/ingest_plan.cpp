#include "app/core/ingest_plan.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace lectern {
namespace {

bool may_have_passed(ErrorCode code) {
    return code == ErrorCode::kIo || code == ErrorCode::kNotFound ||
           code == ErrorCode::kOutOfMemory || code == ErrorCode::kBusy;
}

bool lies_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
    return path.native().starts_with(folder.native() + "/");
}

class Planner {
  public:
    Planner(const FileScan& scan, std::span<const DocumentRecord> documents, std::stop_token stop)
        : scan_(scan), stop_(std::move(stop)) {
        for (const DocumentRecord& document : documents) by_path_[document.path] = &document;
    }

    Result<IngestPlan> plan() {
        find_missing();
        for (const FoundFile& file : scan_.files) {
            const auto known = by_path_.find(file.path);
            const DocumentRecord* document = known == by_path_.end() ? nullptr : known->second;
            LECTERN_TRY(decide(file, document));
        }
        for (const auto& [size, document] : missing_) plan_.removals.push_back(document->id);
        std::stable_sort(plan_.reads.begin(), plan_.reads.end(), [](const auto& a, const auto& b) {
            return a.file.stamp.size_bytes < b.file.stamp.size_bytes;
        });
        return std::move(plan_);
    }

  private:
    void find_missing() {
        std::map<std::filesystem::path, const DocumentRecord*> rest = by_path_;
        for (const FoundFile& file : scan_.files) rest.erase(file.path);
        for (const auto& [path, document] : rest)
            if (!is_kept(*document)) missing_.emplace(document->stamp.size_bytes, document);
    }

    bool is_kept(const DocumentRecord& document) const {
        const bool unreadable = std::any_of(
            scan_.unreadable.begin(), scan_.unreadable.end(),
            [&](const UnreadablePath& below) { return lies_below(document.path, below.path); });
        const auto folder = std::find_if(
            scan_.folders.begin(), scan_.folders.end(),
            [&](const ScannedFolder& scanned) { return scanned.id == document.folder_id; });
        return unreadable || (folder != scan_.folders.end() && folder->offline);
    }

    Status decide(const FoundFile& file, const DocumentRecord* document) {
        const bool is_new = document == nullptr || !document->indexed;
        if (document != nullptr && is_unchanged(file, *document)) {
            if (!is_new && document->folder_id != file.folder_id)
                plan_.moves.push_back({document->id, file, false});
            return {};
        }
        LECTERN_ASSIGN(const DocumentRecord* same, same_content(file, is_new ? nullptr : document));
        if (same != nullptr) {
            plan_.moves.push_back({same->id, file, same != document});
        } else {
            plan_.reads.push_back({file, is_new});
        }
        return {};
    }

    static bool is_unchanged(const FoundFile& file, const DocumentRecord& document) {
        if (document.failed)
            return document.failure.stamp == file.stamp && !may_have_passed(document.failure.code);
        return document.indexed && document.stamp == file.stamp;
    }

    /// The document, its own or a missing one, whose indexed version is what the file holds.
    Result<const DocumentRecord*> same_content(const FoundFile& file, const DocumentRecord* own) {
        const bool own_fits = own != nullptr && own->stamp.size_bytes == file.stamp.size_bytes;
        const auto [begin, end] = missing_.equal_range(file.stamp.size_bytes);
        if (!own_fits && begin == end) return nullptr;
        auto hash = hash_file(file.path, stop_);
        if (!hash && hash.error().code == ErrorCode::kCancelled)
            return tl::unexpected<Error>(std::move(hash).error());
        if (!hash) return nullptr;  // reading it will say why
        if (own_fits && own->content_hash == *hash) return own;
        for (auto gone = begin; gone != end; ++gone) {
            const DocumentRecord* document = gone->second;
            if (!document->indexed || document->content_hash != *hash) continue;
            missing_.erase(gone);
            return document;
        }
        return nullptr;
    }

    const FileScan& scan_;
    std::stop_token stop_;
    std::map<std::filesystem::path, const DocumentRecord*> by_path_;
    std::multimap<std::int64_t, const DocumentRecord*> missing_;  ///< by size
    IngestPlan plan_;
};

}  // namespace

Result<IngestPlan> plan_ingest(const FileScan& scan, std::span<const DocumentRecord> documents,
                               std::stop_token stop) {
    return Planner(scan, documents, std::move(stop)).plan();
}

Result<Hash128> hash_file(const std::filesystem::path& path, std::stop_token stop) {
    const auto failed = [&](int error) {
        const ErrorCode code = error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
        return fail(code, "Cannot read " + path.string() + ": " + std::strerror(error) + ".");
    };
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                               &std::fclose);
    if (file == nullptr) return failed(errno);
    Hasher hasher;
    std::vector<char> block(1 << 20);
    for (std::size_t n = block.size(); n == block.size();) {
        if (stop.stop_requested())
            return fail(ErrorCode::kCancelled, "Reading " + path.string() + " was cancelled.");
        n = std::fread(block.data(), 1, block.size(), file.get());
        if (std::ferror(file.get()) != 0) return failed(errno);
        hasher.add(std::string_view(block.data(), n));
    }
    return hasher.finish();
}

}  // namespace lectern
