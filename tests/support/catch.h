// One include for Catch2 2.x (Debian 12) and 3.x.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#include <cstdio>

/// Leaves the test; ctest counts it as skipped, never as passed (SKIP_REGULAR_EXPRESSION in
/// tests/CMakeLists.txt).
#define LECTERN_SKIP(reason)                                       \
    do {                                                           \
        std::printf("SKIPPED: %s\n", std::string(reason).c_str()); \
        SUCCEED("skipped");                                        \
        return;                                                    \
    } while (false)
