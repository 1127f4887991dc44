// How the integers of a working cache lie: in tiles of 64 rows, as attention's dot products take
// them, which read the cache in place. Keys [head_dim / 2, 64, 2]: the pairs of neighbouring
// elements of 64 rows side by side. Values [32, head_dim, 2]: an element of two neighbouring rows
// side by side.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/kernels.h"

namespace lectern {

static_assert(kTileKeys == kCacheRowMultiple, "a cache holds whole tiles");

/// Offsets in elements from where a head's keys (or values) begin.
struct CacheTile {
    std::int64_t head_dim;  ///< even

    /// Where the tile of `row` begins.
    std::int64_t begin(std::int64_t row) const { return row / kTileKeys * kTileKeys * head_dim; }
    std::int64_t key(std::int64_t row, std::int64_t d) const {
        return begin(row) + d / 2 * (2 * kTileKeys) + row % kTileKeys * 2 + d % 2;
    }
    std::int64_t value(std::int64_t row, std::int64_t d) const {
        return begin(row) + row % kTileKeys / 2 * (2 * head_dim) + 2 * d + row % 2;
    }
};

}  // namespace lectern
