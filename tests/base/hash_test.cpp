#include "engine/base/hash.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("fields cannot run into one another") {
    Hasher a, b;
    a.add(std::string_view("ab"));
    a.add(std::string_view("c"));
    b.add(std::string_view("a"));
    b.add(std::string_view("bc"));
    CHECK(a.finish() != b.finish());
}

TEST_CASE("the hash of an empty text is XXH3's published one") {
    CHECK(hash128(std::string_view()).hex() == "99aa06d3014798d86001c324468d497f");
}
