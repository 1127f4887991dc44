#include "engine/base/thread_pool.h"

#include <chrono>
#include <numeric>

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("every task runs exactly once, whatever the number of threads") {
    for (const int n_threads : {1, 2, 5}) {
        ThreadPool pool(n_threads);
        for (int round = 0; round < 200; ++round) {
            std::vector<int> count(97, 0);
            pool.parallel_for(97, [&](std::int64_t i, int) { ++count[i]; });
            CHECK(std::accumulate(count.begin(), count.end(), 0) == 97);
            CHECK(*std::max_element(count.begin(), count.end()) == 1);
        }
    }
}

TEST_CASE("thread numbers stay below the number of threads") {
    ThreadPool pool(3);
    std::atomic<bool> inside{true};
    pool.parallel_for(1000, [&](std::int64_t, int thread) {
        if (thread < 0 || thread >= 3) inside = false;
    });
    CHECK(inside);
}

TEST_CASE("a thread that is held up leaves the rest of its share to the others") {
    using Clock = std::chrono::steady_clock;
    ThreadPool pool(3);
    std::atomic<int> n_done{0};
    std::atomic<bool> was_last{false};
    pool.parallel_for(30, [&](std::int64_t i, int) {
        const auto end = Clock::now() + std::chrono::seconds(60);
        while (i == 0 && n_done < 29 && Clock::now() < end) std::this_thread::yield();
        if (i == 0) was_last = n_done == 29;
        ++n_done;
    });
    CHECK(was_last);
    CHECK(n_done == 30);
}

TEST_CASE("a thread's own tasks are neighbours, in order") {
    ThreadPool pool(2);
    std::atomic<int> n_started{0};
    std::vector<std::int64_t> of[2];
    pool.parallel_for(40, [&](std::int64_t i, int thread) {
        if (of[thread].empty()) ++n_started;
        while (n_started < 2) std::this_thread::yield();  // each has begun with its own share
        of[thread].push_back(i);
    });
    for (int thread = 0; thread < 2; ++thread) {
        std::int64_t expected = 20 * thread;
        for (const std::int64_t i : of[thread])
            if (i / 20 == thread) CHECK(i == expected++);
        CHECK(expected > 20 * thread);
    }
}
