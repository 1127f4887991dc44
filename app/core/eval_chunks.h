// A case's passages in every stored form that the variants of an evaluation read.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "engine/fusion/chunk_forms.h"

namespace lectern {

/// One thread at a time.
class EvalChunks {
  public:
    explicit EvalChunks(std::span<const EvalVariant> variants);

    /// Another case's passages are next.
    void clear();
    /// Makes of(variant) there: computes what is missing, at once for all variants that take their
    /// chunks from the same source. The cache holds the prefix, as it does afterwards; `segments`
    /// stand behind it. The errors of compute_chunk and read_full.
    Status compute(const EvalVariant& variant, Transformer& model, Activations& activations,
                   KvCache& cache, const PromptSegments& segments, const std::stop_token& stop);
    /// In the order of the passages. Pre: computed.
    std::span<const std::shared_ptr<const ChunkKv>> of(const EvalVariant& variant) const;

  private:
    struct Source {
        std::vector<KvFormat> formats;
        std::vector<std::vector<std::shared_ptr<const ChunkKv>>> chunks;  ///< [format][passage]
        bool is_computed = false;
    };

    std::array<Source, 2> sources_;  ///< each chunk by itself; the full read
};

}  // namespace lectern
