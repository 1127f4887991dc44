#include "app/core/bench.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("a row's share of the limit is the larger of its two least times over its median") {
    BenchRow row;
    row.ms_p50 = 200;
    row.int8_ops = 50e9;
    row.read_bytes = 1e9;
    // 50 G operations at 1,000 a second take 50 ms, 1 GB at 20 GB/s another 50 ms.
    CHECK(share_of_limit(row, {.int8_ops = 1000e9, .read_bytes = 20e9}) == Approx(0.25));
    CHECK(share_of_limit(row, {.int8_ops = 500e9, .read_bytes = 20e9}) == Approx(0.5));
    CHECK(share_of_limit(row, {.int8_ops = 1000e9, .read_bytes = 10e9}) == Approx(0.5));
    // A limit that is not known limits nothing.
    CHECK(share_of_limit(row, {.int8_ops = 0, .read_bytes = 20e9}) == Approx(0.25));
    CHECK(share_of_limit(row, {.int8_ops = 1000e9, .read_bytes = 0}) == Approx(0.25));
    CHECK(share_of_limit(row, {}) == 0);
}

TEST_CASE("a row that counts nothing, or was not timed, has no share of a limit") {
    BenchRow uncounted;
    uncounted.ms_p50 = 10;
    CHECK(share_of_limit(uncounted, {.int8_ops = 1e12, .read_bytes = 1e10}) == 0);
    BenchRow untimed;
    untimed.read_bytes = 1e9;
    CHECK(share_of_limit(untimed, {.int8_ops = 1e12, .read_bytes = 1e10}) == 0);
}
