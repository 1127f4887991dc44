#include "retrieval/watch/folder_watcher.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace lectern {
namespace {

Matters or_everything(const Matters& matters) {
    if (matters) return matters;
    return [](std::string_view, bool) { return true; };
}

}  // namespace

FolderWatcher::FolderWatcher(std::vector<std::filesystem::path> paths,
                             std::function<void()> changed, WatchOptions options)
    : paths_(std::move(paths)),
      changed_(std::move(changed)),
      options_(std::move(options)),
      watches_(paths_, or_everything(options_.matters), options_.max_watches),
      wake_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { run(); }) {}

FolderWatcher::~FolderWatcher() {
    stopped_ = true;
    const std::uint64_t one = 1;
    // Without it the thread sees stopped_ when its wait ends by itself.
    static_cast<void>(::write(wake_, &one, sizeof(one)));
    thread_.join();
    ::close(wake_);
}

void FolderWatcher::run() {
    watches_.watch_all(stopped_);
    ready_ = true;
    Clock::time_point looked = Clock::now(), roots_seen = looked;
    Clock::time_point first_change, last_change;
    bool pending = false;  // a change that was not told yet
    while (!stopped_) {
        wait(pending ? options_.quiet : std::min(options_.roots_every, options_.look_again));
        if (stopped_) return;
        bool is_due = false;  // without waiting for quiet
        bool change = watches_.fd() >= 0 && watches_.take_events(stopped_);
        const Clock::time_point now = Clock::now();
        if (now - roots_seen >= options_.roots_every) {
            roots_seen = now;
            if (watches_.roots_changed()) {
                watches_.watch_all(stopped_);
                change = true;
            }
        }
        if (watches_.must_look_again() && now - looked >= options_.look_again) {
            looked = now;
            watches_.watch_all(stopped_);
            is_due = change = true;
        }
        if (change) {
            last_change = now;
            if (!std::exchange(pending, true)) first_change = now;
        }
        const bool is_quiet = now - last_change >= options_.quiet;
        const bool is_late = now - first_change >= options_.longest;
        if (!pending || !(is_due || is_quiet || is_late)) continue;
        pending = false;
        changed_();
    }
}

void FolderWatcher::wait(std::chrono::milliseconds at_most) const {
    std::array<pollfd, 2> waits = {pollfd{wake_, POLLIN, 0}, pollfd{watches_.fd(), POLLIN, 0}};
    ::poll(waits.data(), watches_.fd() >= 0 ? 2 : 1, static_cast<int>(at_most.count()));
}

}  // namespace lectern
