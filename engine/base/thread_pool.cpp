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

ThreadPool::ThreadPool(int n_threads) : shares_(new Share[std::max(1, n_threads)]) {
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
    task_ = task;
    for (int t = 0; t < n_threads(); ++t)
        shares_[t].set(n * t / n_threads(), n * (t + 1) / n_threads());
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
    const auto call = [&](std::int64_t i) { task_.call(task_.object, i, thread); };
    for (std::int64_t i; (i = shares_[thread].take_first()) >= 0;) call(i);
    for (int t = 1; t < n_threads(); ++t) {
        Share& other = shares_[(thread + t) % n_threads()];
        for (std::int64_t i; (i = other.take_last()) >= 0;) call(i);
    }
}

void ThreadPool::Share::set(std::int64_t begin, std::int64_t end) {
    tasks.store(static_cast<std::uint64_t>(begin) | static_cast<std::uint64_t>(end) << 32,
                std::memory_order_relaxed);
}

std::int64_t ThreadPool::Share::take_first() {
    std::uint64_t left = tasks.load(std::memory_order_relaxed);
    do {
        if ((left & 0xffffffff) >= left >> 32) return -1;
    } while (!tasks.compare_exchange_weak(left, left + 1, std::memory_order_relaxed));
    return static_cast<std::int64_t>(left & 0xffffffff);
}

std::int64_t ThreadPool::Share::take_last() {
    constexpr std::uint64_t kOne = std::uint64_t{1} << 32;
    std::uint64_t left = tasks.load(std::memory_order_relaxed);
    do {
        if ((left & 0xffffffff) >= left >> 32) return -1;
    } while (!tasks.compare_exchange_weak(left, left - kOne, std::memory_order_relaxed));
    return static_cast<std::int64_t>((left >> 32) - 1);
}

int default_thread_count() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace lectern
