// What passages' keys and values change by behind other passages, on average over some text: learnt
// once a model, added to rows that are not recomputed.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

/// Both f32 [n_layers, n_kv_heads, head_dim], keys before RoPE.
struct LearntShift {
    KvShape shape;
    std::vector<float> k, v;

    std::span<const float> k_of(int layer) const { return of(k, layer); }
    std::span<const float> v_of(int layer) const { return of(v, layer); }

  private:
    std::span<const float> of(const std::vector<float>& all, int layer) const {
        const auto n = static_cast<std::size_t>(shape.row_elements());
        return std::span(all).subspan(static_cast<std::size_t>(layer) * n, n);
    }
};

/// The mean of (full read − alone behind the prefix) over the rows it was shown. Engine thread.
class ShiftLearner {
  public:
    explicit ShiftLearner(const KvShape& shape);
    /// Every passage but the first, which has nothing but the prefix before it. The cache holds the
    /// prefix, `segments` are those behind it; it is back at its size. The errors of read_full.
    Status add(Transformer& model, Activations& activations, KvCache& cache,
               const PromptSegments& segments, const std::stop_token& stop);
    /// No change where no row was shown.
    LearntShift shift() const;

  private:
    Status add_chunk(const ChunkKv& in_full, const ChunkKv& alone);

    KvShape shape_;
    std::vector<double> k_, v_;  ///< sums, as LearntShift's
    std::int64_t n_rows_ = 0;
};

}  // namespace lectern
