// Rows that are not recomputed, moved towards what they would have become: each chunk's by what its
// recomputed rows, and those of the other chunks, were seen to change by.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/cache_layout.h"
#include "engine/fusion/layer_loader.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/activations.h"

namespace lectern {

/// A layer's shift of chunk c, a vector a KV head for keys (before RoPE) and one for values, from
/// its n recomputed rows and the sum S of their changes (fresh − stored):
///   strength · (S_c + pooling · ΣS ÷ Σn) ÷ (n_c + pooling),
/// none for fewer than min_rows of its own.
struct ShiftRule {
    float strength = 0.0f;  ///< 0: rows stay as stored
    float pooling = 0.0f;   ///< how many rows the other chunks' mean counts as
    int min_rows = 1;
};

/// "none"; "online-shift" (AgentKVShift): half of a chunk's own mean change, from four rows on;
/// "pooled-shift": the whole of it, chunks of few recomputed rows leaning on the others. Behind
/// the same long text chunks change alike, so that the mean of all is a good guess for each.
/// kInvalidArgument lists them.
Result<ShiftRule> make_shift_rule(std::string_view correction);
std::vector<std::string_view> correction_names();

/// The corrections of one reading, over any number of passes, each of other rows. Engine thread.
class RowCorrection {
  public:
    /// Passages whose rows are not among `candidates` (ascending cache rows) are left alone.
    /// kOutOfMemory.
    static Result<RowCorrection> create(const ShiftRule& rule, KvCache& cache, PlacedChunks& placed,
                                        const CacheLayout& layout,
                                        std::span<const std::int32_t> candidates);

    bool is_active() const { return rule_.strength != 0.0f; }
    /// The passage rows of the pass that comes, ascending; they come first in its activations.
    Status begin_pass(std::span<const std::int32_t> rows);
    /// Between a layer's projection and its attention, the pass being one block: learns from its
    /// rows and places the layer.
    Status place(int layer, const Activations& activations);
    /// Cache rows that a shift was added to, so far.
    std::vector<std::int32_t> corrected_rows() const;

  private:
    /// A passage that can be corrected.
    struct Chunk {
        std::size_t index = 0;  ///< of the passage
        int first_row = 0, n_rows = 0;
        int n_known = 0;                 ///< rows recomputed so far, this pass included
        int pass_first = 0, pass_n = 0;  ///< its rows in the pass
    };

    RowCorrection(const ShiftRule& rule, KvCache& cache, PlacedChunks& placed)
        : rule_(rule), cache_(&cache), placed_(&placed) {}

    Status allocate();
    /// What the sums of a layer make of each chunk, [chunks, row elements].
    std::vector<float> shifts_from(const std::vector<float>& sums) const;
    /// Of keys (or values): the sums brought to the host, the shifts taken back.
    void update(const Tensor& sums, const Tensor& shifts);
    bool is_shifted(const Chunk& chunk) const;

    ShiftRule rule_;
    KvCache* cache_;
    PlacedChunks* placed_;
    std::size_t n_passages_ = 0;
    std::vector<Chunk> chunks_;
    std::vector<std::int8_t> is_fresh_;  ///< [cache rows]: recomputed in this reading
    std::vector<Tensor> k_sum_, v_sum_;  ///< [layers] of [chunks, n_kv_heads, head_dim]
    Tensor k_shift_, v_shift_;           ///< [chunks, n_kv_heads, head_dim]
    Tensor skip_;                        ///< i8[cache rows]
    Tensor tokens_;                      ///< i32[cache rows]: of the pass's rows, in their chunks
};

}  // namespace lectern
