// The engine's threads: one pool, owned by the backend, that splits an operation's tiles among its
// workers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lectern {

/// Runs tasks on n_threads threads, the caller among them. One caller at a time.
class ThreadPool {
  public:
    /// n_threads ≥ 1; 1 runs everything on the caller.
    explicit ThreadPool(int n_threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int n_threads() const { return static_cast<int>(workers_.size()) + 1; }

    /// task(i, thread) for every i in [0, n), each once; thread in [0, n_threads). Tasks are taken
    /// in order by whichever thread is free, so a task's result must not depend on which thread
    /// runs it. Returns when all are done. Tasks must not throw and must not call parallel_for.
    void parallel_for(std::int64_t n, const std::function<void(std::int64_t i, int thread)>& task);

  private:
    void work(int thread);
    void drain(int thread);

    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<std::uint64_t> epoch_{0};
    std::atomic<bool> stopping_{false};
    std::atomic<std::int64_t> next_{0};
    std::atomic<int> running_{0};
    std::int64_t n_ = 0;
    const std::function<void(std::int64_t, int)>* task_ = nullptr;
};

/// The physical parallelism worth using on this machine: at least 1.
int default_thread_count();

}  // namespace lectern
