// The system's watches over trees of folders: which there are, and what an event of one means.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

/// Whether a change of this name is worth looking at.
using Matters = std::function<bool(std::string_view name, bool is_folder)>;

/// One thread at a time, but stopped may be set from any.
class FolderWatches {
  public:
    /// max_watches: beyond it the system counts as having no more; 0: no limit of ours.
    FolderWatches(std::vector<std::filesystem::path> paths, Matters matters, int max_watches);
    ~FolderWatches();
    FolderWatches(const FolderWatches&) = delete;
    FolderWatches& operator=(const FolderWatches&) = delete;

    int fd() const { return fd_; }  ///< readable when there are events; −1: there are no watches
    /// Watches what is there now, and nothing else. Links are not followed.
    void watch_all(const std::atomic<bool>& stopped);
    /// Takes the events that are there. true: something that matters changed.
    bool take_events(const std::atomic<bool>& stopped);

    /// Some folders are not watched, or lie on another machine, whose changes nobody tells.
    bool must_look_again() const { return must_look_again_; }
    /// Whether one of the paths came or went since watch_all().
    bool roots_changed() const;

  private:
    struct Watch {
        std::filesystem::path folder;
        std::set<std::string> names;  ///< of single files; empty: all
    };

    void watch_tree(const std::filesystem::path& folder, const std::atomic<bool>& stopped);
    void watch_one(const std::filesystem::path& folder, const std::string& name);
    bool means_change(const Watch& watch, std::string_view name, unsigned mask) const;

    std::vector<std::filesystem::path> paths_;
    Matters matters_;
    int max_watches_;
    int fd_;
    std::map<int, Watch> watches_;     ///< by the system's number
    std::vector<bool> root_is_there_;  ///< of each path, when it was watched
    bool must_look_again_ = false;
};

}  // namespace lectern
