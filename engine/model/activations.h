// The scratch of a forward pass over up to `capacity` rows. One per engine worker, made once.
#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/model/model_config.h"

namespace lectern {

/// After run_layer, q, k and v still hold that layer's values of the rows just run: selectors and
/// the store read them.
struct Activations {
    int capacity = 0;  ///< rows
    Tensor x;          ///< [capacity, d_model]           the residual stream
    Tensor normed;     ///< [capacity, d_model]
    Tensor q;          ///< [capacity, n_heads, head_dim]  rotated
    Tensor k;          ///< [capacity, n_kv_heads, head_dim] before RoPE
    Tensor v;          ///< [capacity, n_kv_heads, head_dim]
    Tensor attended;   ///< [capacity, n_heads, head_dim]
    Tensor projected;  ///< [capacity, d_model]           output of attention or of the feed-forward
                       ///< part
    Tensor gate;  ///< [ff_rows, d_ff]               the feed-forward part runs in blocks of ff_rows
    Tensor up;    ///< [ff_rows, d_ff]
    Tensor ids;   ///< i32[capacity]
    Tensor rows;  ///< i32[capacity]  each row's cache row

    static constexpr int kFeedForwardRows = 128;

    static Result<Activations> create(Backend& backend, const ModelConfig& config, int capacity);
    /// Makes room for at least n_rows; what it held is then lost. kOutOfMemory: nothing changed.
    Status reserve(Backend& backend, const ModelConfig& config, int n_rows);
};

}  // namespace lectern
