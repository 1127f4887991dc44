// A case's passages in every stored form that the variants of an evaluation read.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "engine/fusion/chunk_forms.h"
#include "engine/kv/kv_store.h"

namespace lectern {

/// What chunks are computed with.
struct EvalChunkParts {
    Transformer& model;
    Activations& activations;
    KvCache& cache;                  ///< holds the prefix, as it does afterwards
    const PromptSegments& segments;  ///< behind the prefix
    KvStore* store = nullptr;        ///< keeps chunks that stand by themselves; nullptr: none does
    /// [passages]: the tokens before each in its document; for ChunkSource::kInDocument.
    std::span<const std::vector<TokenId>> before{};
};

/// One thread at a time.
class EvalChunks {
  public:
    explicit EvalChunks(std::span<const EvalVariant> variants);

    /// Another case's passages are next.
    void clear();
    /// Makes of(variant) there: computes what is missing, at once for all variants that take their
    /// chunks from the same source. The errors of compute_chunk, read_full and KvStore::put.
    Status compute(const EvalVariant& variant, const EvalChunkParts& parts,
                   const std::stop_token& stop);
    /// In the order of the passages. Pre: computed.
    std::span<const std::shared_ptr<const ChunkKv>> of(const EvalVariant& variant) const;

  private:
    struct Source {
        std::vector<KvFormat> formats;
        std::vector<std::vector<std::shared_ptr<const ChunkKv>>> chunks;  ///< [format][passage]
        bool is_computed = false;
    };

    Source& source_of(const EvalVariant& variant) {
        return sources_[static_cast<std::size_t>(variant.chunks)];
    }

    std::array<Source, 3> sources_;  ///< by ChunkSource
};

}  // namespace lectern
