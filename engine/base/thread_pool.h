// The engine's threads: one pool, owned by the backend, that splits an operation's tiles among its
// workers.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
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

    /// task(i, thread) for every i in [0, n), n < 2^32, each once; thread in [0, n_threads). Each
    /// thread has a share of neighbouring tasks, which it takes in order, so that what one touches
    /// follows the last in memory; done with it, it takes from the ends of the others' shares. A
    /// task's result must not depend on which thread runs it. Returns when all are done. Tasks must
    /// not throw and must not call parallel_for.
    template <class Task>
    void parallel_for(std::int64_t n, const Task& task) {
        run(n, {&task, [](const void* t, std::int64_t i, int thread) {
                    (*static_cast<const Task*>(t))(i, thread);
                }});
    }

  private:
    /// A borrowed callable: no allocation.
    struct TaskRef {
        const void* object = nullptr;
        void (*call)(const void* object, std::int64_t i, int thread) = nullptr;
    };

    /// Tasks [begin, end) that no thread has taken yet, in one word: begin below, end above.
    struct alignas(64) Share {
        std::atomic<std::uint64_t> tasks{0};

        void set(std::int64_t begin, std::int64_t end);
        /// −1: none is left.
        std::int64_t take_first();
        std::int64_t take_last();
    };

    void run(std::int64_t n, TaskRef task);
    void work(int thread);
    void drain(int thread);

    std::vector<std::thread> workers_;
    std::atomic<int> epoch_{0};  ///< counts the calls of run(); it may wrap
    std::atomic<bool> stopping_{false};
    std::atomic<int> running_{0};
    std::unique_ptr<Share[]> shares_;  ///< one a thread
    TaskRef task_;
};

/// The physical parallelism worth using on this machine: at least 1.
int default_thread_count();

}  // namespace lectern
