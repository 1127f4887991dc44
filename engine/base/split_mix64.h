// SplitMix64 (Steele, Lea and Flood, 2014): numbers by lot that are the same on every platform,
// which the standard library's distributions are not.
#pragma once

#include <cstdint>

namespace lectern {

/// Its output function: a well-mixed hash of a counter.
inline std::uint64_t split_mix64(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// The generator: the hashes of a counter in its own steps.
class SplitMix64 {
  public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        const std::uint64_t lot = split_mix64(state_);
        state_ += 0x9e3779b97f4a7c15u;
        return lot;
    }

  private:
    std::uint64_t state_;
};

}  // namespace lectern
