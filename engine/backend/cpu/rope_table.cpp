#include "engine/backend/cpu/rope_table.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lectern {

RopeTable::RopeTable(const Rope& rope) : rope_(rope) {}

bool RopeTable::is_of(const Rope& rope) const {
    return rope.magnitude == rope_.magnitude && rope.inverse_frequency == rope_.inverse_frequency;
}

void RopeTable::prepare(std::int32_t position) {
    assert(position >= 0);
    if (position < n_positions_) return;
    const std::int32_t begin = n_positions_;
    n_positions_ = std::max({position + 1, 2 * begin, 256});
    values_.resize(static_cast<std::size_t>(n_positions_) * 2 * n_pairs());
    for (std::int32_t p = begin; p < n_positions_; ++p) {
        float* cosines = &values_[static_cast<std::size_t>(p) * 2 * n_pairs()];
        float* sines = cosines + n_pairs();
        for (int i = 0; i < n_pairs(); ++i) {
            const float angle = static_cast<float>(p) * rope_.inverse_frequency[i];
            cosines[i] = static_cast<float>(std::cos(static_cast<double>(angle))) * rope_.magnitude;
            sines[i] = static_cast<float>(std::sin(static_cast<double>(angle))) * rope_.magnitude;
        }
    }
}

}  // namespace lectern
