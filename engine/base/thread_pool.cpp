#include "engine/base/thread_pool.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lectern {
namespace {

/// How often a thread looks before it sleeps, some tens of microseconds: an operation follows the
/// last within fewer while a model runs, and a sleeping thread costs as many to wake. No longer,
/// because what it waits for may be a thread that waits for its core.
constexpr int kSpins = 2000;

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
    stopping_ = true;
    epoch_.fetch_add(1, std::memory_order_release);
    epoch_.notify_all();
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
    epoch_.fetch_add(1, std::memory_order_release);
    epoch_.notify_all();
    drain(0);
    for (int i = 0; i < kSpins && running_.load(std::memory_order_acquire) > 0; ++i) relax();
    for (int n = running_.load(std::memory_order_acquire); n > 0;
         n = running_.load(std::memory_order_acquire))
        running_.wait(n, std::memory_order_acquire);
}

void ThreadPool::work(int thread) {
    int seen = 0;
    for (;;) {
        for (int i = 0; i < kSpins && epoch_.load(std::memory_order_acquire) == seen; ++i) relax();
        epoch_.wait(seen, std::memory_order_acquire);
        if (stopping_) return;
        seen = epoch_.load(std::memory_order_acquire);
        drain(thread);
        if (running_.fetch_sub(1, std::memory_order_release) == 1) running_.notify_one();
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
