#include "engine/base/thread_pool.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lectern {
namespace {

/// How often a worker looks for new work before it sleeps: an operation follows the last within
/// microseconds while a model runs, and a sleeping thread costs tens of them to wake.
constexpr int kSpins = 20000;

void relax() {
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

}  // namespace

ThreadPool::ThreadPool(int n_threads) {
    for (int t = 1; t < std::max(1, n_threads); ++t) workers_.emplace_back([this, t] { work(t); });
}

ThreadPool::~ThreadPool() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::run(std::int64_t n, TaskRef task) {
    if (n <= 1 || workers_.empty()) {
        for (std::int64_t i = 0; i < n; ++i) task.call(task.object, i, 0);
        return;
    }
    n_ = n;
    task_ = task;
    next_.store(0, std::memory_order_relaxed);
    running_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    {
        std::lock_guard lock(mutex_);
        epoch_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_all();
    drain(0);
    for (int i = 0; running_.load(std::memory_order_acquire) > 0; ++i) {
        if (i < kSpins)
            relax();
        else
            std::this_thread::yield();  // a worker waits for a core: perhaps for this one
    }
}

void ThreadPool::work(int thread) {
    std::uint64_t seen = 0;
    for (;;) {
        for (int i = 0; i < kSpins && epoch_.load(std::memory_order_acquire) == seen; ++i) relax();
        if (epoch_.load(std::memory_order_acquire) == seen) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || epoch_.load() != seen; });
        }
        if (stopping_) return;
        seen = epoch_.load(std::memory_order_acquire);
        drain(thread);
        running_.fetch_sub(1, std::memory_order_release);
    }
}

void ThreadPool::drain(int thread) {
    for (;;) {
        const std::int64_t i = next_.fetch_add(1, std::memory_order_relaxed);
        if (i >= n_) return;
        task_.call(task_.object, i, thread);
    }
}

int default_thread_count() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace lectern
