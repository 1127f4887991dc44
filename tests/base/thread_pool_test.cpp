#include "engine/base/thread_pool.h"

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
