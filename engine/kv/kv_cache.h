// A conversation's working cache: every layer's rotated keys and values, and what each row is.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// What a model's KV looks like; part of everything that keeps KV.
struct KvShape {
    int n_layers = 0;
    int n_kv_heads = 0;
    int head_dim = 0;

    /// Elements of K (or V) of one token in one layer.
    std::int64_t row_elements() const { return std::int64_t{n_kv_heads} * head_dim; }
    bool operator==(const KvShape&) const = default;
};

enum class RowState : std::uint8_t {
    kExact,       ///< computed behind exact rows only: a full read's bits
    kRounded,     ///< the same text stands before it as when it was computed: exact but for the
                  ///< stored form's rounding
    kReused,      ///< as stored: computed behind other text
    kCorrected,   ///< as stored, and moved towards what its chunk's recomputed rows became
    kRecomputed,  ///< computed here, behind rows that are not all exact
};
/// Whether there is nothing to choose about a row: repair alone makes it exact.
constexpr bool is_settled(RowState state) {
    return state == RowState::kExact || state == RowState::kRounded;
}
enum class SegmentKind : std::uint8_t { kPrefix, kHistory, kPassage, kQuestion, kAnswer };

struct CacheRow {
    TokenId token = 0;
    std::int32_t position = 0;
    std::int32_t segment = 0;  ///< index of the segment in its plan
    SegmentKind kind = SegmentKind::kPrefix;
    RowState state = RowState::kExact;
};

/// Row indices first, first + 1, …: n of them.
std::vector<std::int32_t> consecutive_rows(int first, int n);

/// Rows are appended in ascending position; row r's mask is "rows 0 … r". One thread at a time.
class KvCache {
  public:
    /// dtype kI16, or kF32 for the reference path. kOutOfMemory names the need. The backend
    /// outlives the cache.
    static Result<KvCache> create(Backend& backend, const KvShape& shape, int capacity,
                                  DType dtype = DType::kI16);

    const KvShape& shape() const { return shape_; }
    int size() const { return static_cast<int>(rows_.size()); }
    int capacity() const { return capacity_; }
    Backend& backend() const { return *backend_; }

    /// Adds a row a token at consecutive positions behind the last one; their K and V are not
    /// written yet. Pre: they fit. Returns the first new row.
    int append(std::span<const TokenId> tokens, std::int32_t segment, SegmentKind kind,
               RowState state);
    /// Drops rows [n, size()).
    void truncate(int n);
    void set_state(int row, RowState state);
    std::span<const CacheRow> rows() const { return rows_; }
    std::vector<TokenId> tokens_of(std::span<const std::int32_t> rows) const;
    /// Of all rows.
    std::vector<TokenId> tokens() const;
    /// How many rows from the first on are exact.
    int n_exact() const;
    /// Rows [begin, end) of a segment, which are one run of rows; empty when it has none.
    std::pair<int, int> segment_rows(std::int32_t segment) const;

    /// K and V of a layer over all rows that there is room for (the capacity, rounded up to
    /// kCacheRowMultiple); what lies behind size() is undefined.
    LayerKv layer(int layer) const;
    /// i32 of as many rows on the backend's device: positions of rows [0, size()).
    TensorView positions() const { return positions_.view(); }

    /// Bytes a cache of this capacity takes, to plan before allocating.
    static std::size_t bytes_needed(const KvShape& shape, int capacity, DType dtype);

  private:
    KvCache() = default;

    Backend* backend_ = nullptr;
    KvShape shape_;
    int capacity_ = 0;
    std::vector<CacheRow> rows_;
    Tensor k_;          ///< [n_layers, n_kv_heads, allocated rows, head_dim]
    Tensor v_;          ///< as k_
    Tensor k_scale_;    ///< kI16: [n_layers, n_kv_heads, allocated rows]
    Tensor v_scale_;    ///< as k_scale_
    Tensor positions_;  ///< i32[allocated rows]
};

}  // namespace lectern
