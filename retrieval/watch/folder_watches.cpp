#include "retrieval/watch/folder_watches.h"

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <utility>

namespace lectern {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

/// File systems whose files others change without this machine's knowing.
bool is_elsewhere(const fs::path& path) {
    constexpr auto kNetwork = std::to_array<std::uint32_t>(
        {0x6969 /* NFS */, 0x517B /* SMB */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB 2 */,
         0x65735546 /* FUSE */, 0x01021997 /* 9P */});
    struct statfs info {};
    if (::statfs(path.c_str(), &info) != 0) return false;
    const auto type = static_cast<std::uint32_t>(info.f_type);
    return std::find(kNetwork.begin(), kNetwork.end(), type) != kNetwork.end();
}

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

}  // namespace

FolderWatches::FolderWatches(std::vector<fs::path> paths, Matters matters, int max_watches)
    : paths_(std::move(paths)),
      matters_(std::move(matters)),
      max_watches_(max_watches),
      fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

FolderWatches::~FolderWatches() {
    if (fd_ >= 0) ::close(fd_);
}

void FolderWatches::watch_all(const std::atomic<bool>& stopped) {
    const std::map<int, Watch> before = std::exchange(watches_, {});
    root_is_there_.clear();
    must_look_again_ = fd_ < 0;
    for (const fs::path& path : paths_) {
        std::error_code error;
        root_is_there_.push_back(is_there(path));
        must_look_again_ = must_look_again_ || is_elsewhere(path);
        if (fd_ < 0) continue;
        if (fs::is_directory(path, error))
            watch_tree(path, stopped);
        else
            watch_one(path.parent_path(), path.filename().string());
    }
    for (const auto& [number, watch] : before)
        if (!watches_.contains(number)) ::inotify_rm_watch(fd_, number);
}

void FolderWatches::watch_tree(const fs::path& folder, const std::atomic<bool>& stopped) {
    watch_one(folder, {});
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied,
                                             error);
    for (; !error && entries != fs::recursive_directory_iterator() && !stopped;
         entries.increment(error)) {
        std::error_code unknown;
        if (entries->is_symlink(unknown) || !entries->is_directory(unknown)) continue;
        if (matters_(entries->path().filename().string(), true))
            watch_one(entries->path(), {});
        else
            entries.disable_recursion_pending();
    }
    must_look_again_ = must_look_again_ || error;
}

/// name: empty: all that lies in the folder.
void FolderWatches::watch_one(const fs::path& folder, const std::string& name) {
    const bool may = max_watches_ == 0 || static_cast<int>(watches_.size()) < max_watches_;
    const int number = may ? ::inotify_add_watch(fd_, folder.c_str(), kEvents) : -1;
    if (number < 0) {
        must_look_again_ = true;
        return;
    }
    const auto [watch, is_new] = watches_.try_emplace(number, Watch{folder, {}});
    if (name.empty())
        watch->second.names.clear();
    else if (is_new || !watch->second.names.empty())
        watch->second.names.insert(name);
}

bool FolderWatches::take_events(const std::atomic<bool>& stopped) {
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    bool changed = false, other_folders = false;
    for (ssize_t n = 0; (n = ::read(fd_, buffer.data(), buffer.size())) > 0;) {
        for (const char* at = buffer.data(); at < buffer.data() + n;) {
            inotify_event event{};
            std::memcpy(&event, at, sizeof(event));
            const std::string_view name(event.len > 0 ? at + sizeof(event) : "");
            at += sizeof(event) + event.len;
            const bool lost = (event.mask & IN_Q_OVERFLOW) != 0;
            const auto watch = watches_.find(event.wd);
            const bool counts =
                lost || (watch != watches_.end() && means_change(watch->second, name, event.mask));
            changed = changed || counts;
            const bool of_folder =
                (event.mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0;
            other_folders = other_folders || (counts && (lost || of_folder));
        }
    }
    if (other_folders) watch_all(stopped);
    return changed;
}

bool FolderWatches::means_change(const Watch& watch, std::string_view name, unsigned mask) const {
    if ((mask & IN_IGNORED) != 0) return false;
    if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0) return true;
    if (!watch.names.empty()) return watch.names.contains(std::string(name));
    return matters_(name, (mask & IN_ISDIR) != 0);
}

bool FolderWatches::roots_changed() const {
    for (std::size_t i = 0; i < root_is_there_.size(); ++i)
        if (is_there(paths_[i]) != root_is_there_[i]) return true;
    return false;
}

}  // namespace lectern
