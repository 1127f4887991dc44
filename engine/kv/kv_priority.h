// What a stored chunk is worth: whoever has the lowest priority goes first.
#pragma once

#include <cstdint>

namespace lectern {

/// GreedyDual-Size-Frequency (Cherkasova, HP Labs HPL-98-69R1, 1998): clock + uses · cost ÷ size,
/// in seconds a MiB. The clock is the highest priority that was evicted so far: what was valuable
/// once and is not used any more is overtaken by what is (aging).
inline double kv_priority(double clock, std::int64_t n_uses, double compute_seconds,
                          std::int64_t n_bytes) {
    const double mib = static_cast<double>(n_bytes) / (1 << 20);
    return clock + static_cast<double>(n_uses) * compute_seconds / mib;
}

/// Where nothing was measured (a lost index): about what a model of 1.5 B parameters takes on two
/// cores. Entries that all cost this much a byte go in the order of their use.
inline constexpr double kNominalSecondsPerByte = 1.0 / (1 << 20);

}  // namespace lectern
