// Cosines and sines of rotary embeddings by position, computed once in double precision.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/backend/backend.h"

namespace lectern {

/// Angles are the f32 products position · inverse_frequency, as the models were trained with; their
/// cosines and sines are exact to f32 rounding. One thread at a time may call prepare; row() is
/// then safe from any.
class RopeTable {
  public:
    explicit RopeTable(const Rope& rope);

    bool is_of(const Rope& rope) const;
    int n_pairs() const { return static_cast<int>(rope_.inverse_frequency.size()); }
    /// Makes row(0 … position) valid. Pre: position ≥ 0.
    void prepare(std::int32_t position);
    /// n_pairs() cosines, then as many sines, both times Rope::magnitude.
    const float* row(std::int32_t position) const {
        return &values_[static_cast<std::size_t>(position) * 2 * n_pairs()];
    }

  private:
    Rope rope_;
    std::int32_t n_positions_ = 0;
    std::vector<float> values_;  ///< [n_positions, 2, n_pairs]
};

}  // namespace lectern
