// What a call gave, or the test fails with its error.
#pragma once

#include <utility>

#include "engine/base/result.h"
#include "tests/support/catch.h"

namespace lectern::test {

template <class T>
T value(Result<T> result) {
    INFO((result ? std::string() : result.error().text()));
    REQUIRE(result.has_value());
    return std::move(*result);
}

inline void ok(const Status& status) {
    INFO((status ? std::string() : status.error().text()));
    REQUIRE(status.has_value());
}

}  // namespace lectern::test
