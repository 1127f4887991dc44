// What the rows of an answer attend to: some heads' softmax weights on the prompt's rows, for
// citing.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/row_pass.h"
#include "engine/model/transformer.h"

namespace lectern {

struct AttentionHead {
    int layer = 0;
    int head = 0;  ///< a query head
    bool operator==(const AttentionHead&) const = default;
};

/// Listens at passes of up to kRows rows and hands on what became of those that count: look-up
/// decoding runs rows that turn out wrong. Costs each row one attention more in each of the heads.
/// One thread at a time; the model outlives it.
class AttentionTrace {
  public:
    static constexpr int kRows = Transformer::kLogitRows;
    /// weights[heads, n_columns]: of one row, each head's weights on cache rows 0 … n_columns − 1,
    /// heads by layer as they were given. Valid during the call.
    using OnRow = std::function<void(std::span<const float> weights)>;

    /// Pre: the model has the heads, n_columns ≥ 1. kOutOfMemory.
    static Result<AttentionTrace> create(Transformer& model, std::vector<AttentionHead> heads,
                                         int n_columns, OnRow on_row);

    /// For the rows from index `first` on of one pass, at most kRows of them, in one block; the
    /// weights of an earlier one are lost.
    LayerHooks hooks(Activations& activations, KvCache& cache, int first = 0);
    /// The row at index t of those counts.
    void keep(int t);

  private:
    AttentionTrace(Transformer& model, std::vector<AttentionHead> heads, int n_columns,
                   OnRow on_row);
    Status listen(int layer, const RowBlock& block, Activations& activations, KvCache& cache);

    Transformer* model_;
    std::vector<AttentionHead> heads_;
    int n_columns_;
    OnRow on_row_;
    std::vector<float> zeros_;  ///< [n_columns]
    Tensor weights_;            ///< [kRows, heads, n_columns]
    std::vector<float> host_;   ///< one row's: [heads, n_columns]
};

}  // namespace lectern
