#include "tests/gguf/mutate.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace lectern::test {
namespace {

constexpr std::uint64_t kAwkward[] = {0,
                                      1,
                                      2,
                                      9,
                                      31,
                                      255,
                                      65536,
                                      0x7fffffff,
                                      0x80000000,
                                      0xffffffff,
                                      0x100000000,
                                      1ULL << 40,
                                      (1ULL << 62) + 1,
                                      0x7fffffffffffffff,
                                      0x8000000000000000,
                                      0xffffffffffffffe0,
                                      0xffffffffffffffff};

std::size_t below(std::size_t n, std::mt19937& random) { return n == 0 ? 0 : random() % n; }

void set_field(std::vector<std::byte>& bytes, std::size_t n_bytes, std::mt19937& random) {
    if (bytes.size() < n_bytes) return;
    const std::uint64_t value = kAwkward[below(std::size(kAwkward), random)];
    std::memcpy(bytes.data() + below(bytes.size() - n_bytes + 1, random), &value, n_bytes);
}

void damage(std::vector<std::byte>& bytes, std::mt19937& random) {
    if (bytes.empty()) return;
    const std::size_t at = below(bytes.size(), random);
    const std::size_t n = std::min(bytes.size() - at, 1 + below(16, random));
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(8, random)) {
        case 0:
        case 1:
            bytes[at] ^= static_cast<std::byte>(1U << below(8, random));
            return;
        case 2:
            bytes[at] = static_cast<std::byte>(random());
            return;
        case 3:
            return set_field(bytes, 8, random);
        case 4:
            return set_field(bytes, 4, random);
        case 5:
            bytes.erase(begin, begin + static_cast<std::ptrdiff_t>(n));
            return;
        case 6: {
            const std::vector<std::byte> run(begin, begin + static_cast<std::ptrdiff_t>(n));
            bytes.insert(begin, run.begin(), run.end());
            return;
        }
        default:
            if (below(4, random) == 0) bytes.resize(at);
    }
}

}  // namespace

std::vector<std::byte> mutate(std::vector<std::byte> bytes, std::mt19937& random) {
    const std::size_t n_damages = 1 + below(4, random);
    for (std::size_t i = 0; i < n_damages; ++i) damage(bytes, random);
    bytes.shrink_to_fit();  // so that the address sanitizer sees a read behind the last byte
    return bytes;
}

}  // namespace lectern::test
