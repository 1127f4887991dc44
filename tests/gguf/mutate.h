// Breaks a file's bytes at random, but the same way for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace lectern::test {

/// One to four small damages: flipped bits, bytes, whole 32- and 64-bit fields set to awkward
/// numbers, runs removed, repeated or cut off.
std::vector<std::byte> mutate(std::vector<std::byte> bytes, std::mt19937& random);

}  // namespace lectern::test
