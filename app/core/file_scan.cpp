#include "app/core/file_scan.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>
#include <utility>

namespace lectern {
namespace {

namespace fs = std::filesystem;

FileStamp stamp_from(const struct stat& info) {
    return {info.st_size, info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
}

class Walk {
  public:
    Walk(const std::function<bool(std::string_view)>& knows_extension, std::stop_token stop)
        : knows_extension_(knows_extension), stop_(std::move(stop)) {}

    void add(const FolderRecord& folder) {
        ScannedFolder scanned{folder.id, true, folder.device};
        struct stat info {};
        if (::stat(folder.path.c_str(), &info) == 0) {
            folder_id_ = folder.id;
            const std::size_t before = n_entries_;
            const bool is_folder = S_ISDIR(info.st_mode);
            scanned.offline = is_folder && !list(folder.path, info, /*is_added=*/true);
            if (S_ISREG(info.st_mode)) take(folder.path, info);
            const bool empty = is_folder && n_entries_ == before;
            if (empty && folder.device != 0 && folder.device != info.st_dev) scanned.offline = true;
            if (!scanned.offline) scanned.device = info.st_dev;
        } else if (folder.is_file && ::stat(folder.path.parent_path().c_str(), &info) == 0) {
            scanned.offline = folder.device != info.st_dev;  // else the file was deleted
        }
        scan_.folders.push_back(scanned);
    }

    FileScan finish() {
        while (!links_.empty() && !stop_.stop_requested()) {
            const auto [path, folder_id] = std::move(links_.back());
            links_.pop_back();
            folder_id_ = folder_id;
            visit(path);
        }
        scan_.cancelled = stop_.stop_requested();
        return std::move(scan_);
    }

  private:
    /// False: cannot be listed.
    bool list(const fs::path& folder, const struct stat& info, bool is_added) {
        if (!seen_.emplace(info.st_dev, info.st_ino).second) {
            ++n_entries_;  // listed as part of another one
            return true;
        }
        std::error_code error;
        fs::directory_iterator entries(folder, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
            if (stop_.stop_requested()) return true;
            ++n_entries_;
            if (is_left_out(entries->path().filename().string())) {
                ++scan_.skipped.hidden;
                continue;
            }
            if (entries->is_symlink(error)) {
                links_.emplace_back(entries->path(), folder_id_);
            } else {
                visit(entries->path());
            }
            error.clear();
        }
        if (error && !is_added)
            scan_.unreadable.push_back(
                {folder, folder.string() + " cannot be listed: " + error.message() + "."});
        return !error;
    }

    void visit(const fs::path& path) {
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0) return;  // gone meanwhile, or a broken link
        if (S_ISDIR(info.st_mode)) list(path, info, /*is_added=*/false);
        if (!S_ISREG(info.st_mode)) return;
        const std::string extension = extension_of(path);
        if (knows_extension_(extension))
            take(path, info);
        else
            ++scan_.skipped.unknown_kinds[extension];
    }

    void take(const fs::path& path, const struct stat& info) {
        if (seen_.emplace(info.st_dev, info.st_ino).second)
            scan_.files.push_back({path, folder_id_, stamp_from(info)});
    }

    const std::function<bool(std::string_view)>& knows_extension_;
    std::stop_token stop_;
    FileScan scan_;
    std::int64_t folder_id_ = 0;
    std::size_t n_entries_ = 0;
    std::set<std::pair<dev_t, ino_t>> seen_;
    std::vector<std::pair<fs::path, std::int64_t>> links_;
};

}  // namespace

bool is_left_out(std::string_view name) {
    constexpr auto kJunk = std::to_array<std::string_view>(
        {"node_modules", "__pycache__", "$RECYCLE.BIN", "System Volume Information", "lost+found"});
    return name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') ||
           std::find(kJunk.begin(), kJunk.end(), name) != kJunk.end();
}

FileScan scan_folders(std::span<const FolderRecord> folders,
                      const std::function<bool(std::string_view extension)>& knows_extension,
                      std::stop_token stop) {
    std::vector<FolderRecord> inner_first(folders.begin(), folders.end());
    std::sort(inner_first.begin(), inner_first.end(), [](const auto& a, const auto& b) {
        return a.path.native().size() > b.path.native().size();
    });
    Walk walk(knows_extension, std::move(stop));
    for (const FolderRecord& folder : inner_first) walk.add(folder);
    return walk.finish();
}

std::string extension_of(const fs::path& path) {
    std::string extension = path.extension().string();
    if (!extension.empty()) extension.erase(0, 1);
    for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return extension;
}

std::filesystem::path tidy_path(const std::filesystem::path& path) {
    const std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

Result<FileStamp> stamp_of(const fs::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) return stamp_from(info);
    const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return fail(code, "Cannot read " + path.string() + ": " + std::strerror(errno) + ".");
}

}  // namespace lectern
