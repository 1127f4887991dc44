// A worker of the window: one thread that runs jobs in the order they were posted.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

class QObject;

namespace lectern {

/// Runs the call on the receiver's thread, behind what waits there; not at all when the receiver is
/// gone by then. Any thread that the receiver outlives.
void post_to(QObject* receiver, std::function<void()> call);

/// Any thread. Destroying it asks every job to stop, drops those that have not begun and waits for
/// the one that has.
class JobThread {
  public:
    using Job = std::function<void(std::stop_token)>;

    JobThread();
    ~JobThread();
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;

    /// The job runs even when it was stopped before it began: it sees that in its token. The
    /// returned source stops this job alone.
    std::stop_source post(Job job);

  private:
    struct Entry {
        Job job;
        std::stop_source stop;
    };
    void run(std::stop_token quit);

    std::mutex mutex_;
    std::condition_variable_any posted_;
    std::deque<Entry> waiting_;
    std::stop_source running_{std::nostopstate};
    std::jthread thread_;  ///< last: it uses what is above
};

}  // namespace lectern
