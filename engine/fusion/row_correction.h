// Rows that are not recomputed, moved towards what they would have become: each chunk's by what its
// recomputed rows, and those of the other chunks, were seen to change by.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/cache_layout.h"
#include "engine/fusion/layer_loader.h"
#include "engine/fusion/learnt_shift.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/activations.h"

namespace lectern {

/// A layer's keys (before RoPE) and values are corrected channel by channel. Of a chunk c with n_c
/// recomputed rows, stored values x, changes y = fresh − x and their means:
///   shift_c = strength · (n_c · mean_c y + pooling · m) ÷ (n_c + pooling),
///   m = (n · mean y + learnt_rows · learnt) ÷ (n + learnt_rows),
/// none for n_c < min_rows; and y's slope over x within chunks, over all of them:
///   b = slope · n ÷ (n + kSlopeRows) · Σ (x − mean_c x)(y − mean_c y) ÷ Σ (x − mean_c x)²;
///   x → x + shift_c + b · (x − mean_c x).
struct CorrectionRule {
    float strength = 0.0f;  ///< 0: rows stay as stored
    float pooling = 0.0f;   ///< how many rows the mean of all chunks counts as
    int min_rows = 1;
    float slope = 0.0f;        ///< share of the fitted slope, [0, 1]
    float learnt_rows = 0.0f;  ///< how many rows the learnt shift counts as

    static constexpr float kSlopeRows = 16.0f;  ///< so many rows of no slope are added to the fit
};

/// "none"; "online-shift" (AgentKVShift): half of a chunk's own mean change, from four rows on;
/// "pooled-shift": the whole of it, chunks of few recomputed rows leaning on the mean of all:
/// behind the same long text chunks change alike; "pooled-affine": the same, and half of the slope:
/// what stands out of a chunk's mean stands out less behind other text; "static-shift": what was
/// learnt of the model, alike for every chunk. kInvalidArgument lists them.
Result<CorrectionRule> make_correction_rule(std::string_view correction);
std::vector<std::string_view> correction_names();

/// A rule with what it goes by.
struct Correction {
    CorrectionRule rule;
    std::shared_ptr<const LearntShift> learnt;  ///< of the model; nullptr where the rule needs none
};

/// The corrections of one reading's pass. Engine thread.
class RowCorrection {
  public:
    /// Passages whose rows are not among `candidates` (ascending cache rows) are left alone.
    /// kInvalidArgument: a shift of another shape. kOutOfMemory.
    static Result<RowCorrection> create(Correction how, KvCache& cache, PlacedChunks& placed,
                                        const CacheLayout& layout,
                                        std::span<const std::int32_t> candidates);

    bool is_active() const { return rule_.strength != 0.0f; }
    /// Whether it has rows left to correct once so many are recomputed.
    bool leaves_rows(std::size_t n_recomputed) const;
    /// The passage rows of the pass, ascending; they come first in its activations. Once.
    void begin_pass(std::span<const std::int32_t> rows);
    /// Between a layer's projection and its attention, the pass being one block: learns from its
    /// rows and places the layer. Errors of PlacedLayers.
    Status place(int layer, const Activations& activations);
    /// Cache rows that were corrected.
    std::vector<std::int32_t> corrected_rows() const;

  private:
    /// A passage that can be corrected.
    struct Chunk {
        std::size_t index = 0;  ///< of the passage
        int first_row = 0, n_rows = 0;
        int first = 0, n = 0;  ///< its recomputed rows, in the pass
    };

    RowCorrection(Correction how, KvCache& cache, PlacedChunks& placed)
        : rule_(how.rule), learnt_(std::move(how.learnt)), cache_(&cache), placed_(&placed) {}

    Status allocate();
    bool is_corrected(const Chunk& chunk) const;
    /// Of keys (or values): from moments to changes, by way of the host. learnt [channels], or
    /// empty.
    void update(TensorView moments, std::span<const float> learnt, TensorView changes) const;
    /// changes [chunks, 2, channels] of moments [chunks, 4, channels].
    std::vector<float> changes_of(std::span<const float> moments, std::span<const float> learnt,
                                  std::size_t n_channels) const;

    CorrectionRule rule_;
    std::shared_ptr<const LearntShift> learnt_;  ///< nullptr: the rule goes by none
    KvCache* cache_;
    PlacedChunks* placed_;
    std::size_t n_passages_ = 0;
    std::vector<Chunk> chunks_;
    std::vector<std::int8_t> is_fresh_;  ///< [cache rows]: recomputed
    Tensor k_moments_, v_moments_;       ///< of a layer, [chunks · 4, n_kv_heads, head_dim]
    Tensor k_changes_, v_changes_;       ///< [chunks · 2, n_kv_heads, head_dim]
    Tensor skip_;                        ///< i8[cache rows]
    Tensor tokens_;                      ///< i32[cache rows]: of the pass's rows, in their chunks
};

}  // namespace lectern
