// Notices that files in the library's folders changed, and says so once it is quiet again.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "retrieval/watch/folder_watches.h"

namespace lectern {

struct WatchOptions {
    Matters matters;                            ///< none: everything
    std::chrono::milliseconds quiet{1500};      ///< without a change, before it is told
    std::chrono::milliseconds longest{20'000};  ///< that a change waits for quiet
    /// How often it is told to look where changes are not noticed: watches ran out, or the files
    /// lie on another machine.
    std::chrono::milliseconds look_again{300'000};
    std::chrono::milliseconds roots_every{5'000};  ///< whether a drive came or went
    int max_watches = 0;                           ///< as FolderWatches
};

/// Folders and single files; those that are not there are watched from when they are. Nothing here
/// fails: what cannot be watched is looked at from time to time. The callback runs on a thread of
/// the watcher's, which ends with it.
class FolderWatcher {
  public:
    FolderWatcher(std::vector<std::filesystem::path> paths, std::function<void()> changed,
                  WatchOptions options = {});
    ~FolderWatcher();
    FolderWatcher(const FolderWatcher&) = delete;
    FolderWatcher& operator=(const FolderWatcher&) = delete;

    const std::vector<std::filesystem::path>& paths() const { return paths_; }
    /// Once the watches stand. Any thread.
    bool ready() const { return ready_; }

  private:
    using Clock = std::chrono::steady_clock;
    void run();
    void wait(std::chrono::milliseconds at_most) const;

    const std::vector<std::filesystem::path> paths_;
    const std::function<void()> changed_;
    const WatchOptions options_;
    FolderWatches watches_;
    int wake_;  ///< an eventfd: readable when the watcher ends
    std::atomic<bool> stopped_{false}, ready_{false};
    std::thread thread_;
};

}  // namespace lectern
