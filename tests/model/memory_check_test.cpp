#include "engine/model/memory_check.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("a model larger than the free memory is refused with both numbers") {
    const auto status = check_memory("the model big.gguf", 9'400'000'000, 3'100'000'000);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::kOutOfMemory);
    CHECK(status.error().text() ==
          "Not enough memory for the model big.gguf: it needs 9.4 GB, 3.1 GB are free. Close other "
          "programs or choose a smaller model.");
    CHECK(check_memory("the model small.gguf", 3'100'000'000, 3'100'000'000));
}

TEST_CASE("this machine's free memory is known") {
    CHECK(available_memory_bytes() > (1u << 20));
    CHECK(available_memory_bytes() < (std::uint64_t{1} << 50));
}
