// A decoder's weights, packed by their backend, and how they are read from a GGUF file.
#pragma once

#include <memory>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/model_config.h"

namespace lectern {

/// Norms and biases are f32 tensors of the backend; empty where the architecture has none.
struct LayerWeights {
    Tensor attention_norm;              ///< [d_model]
    std::unique_ptr<Weight> q;          ///< [n_heads · head_dim, d_model]
    std::unique_ptr<Weight> k;          ///< [n_kv_heads · head_dim, d_model]
    std::unique_ptr<Weight> v;          ///< as k
    Tensor q_bias, k_bias, v_bias;      ///< [n_out] of q, k, v
    Tensor q_norm, k_norm;              ///< [head_dim]
    std::unique_ptr<Weight> attention;  ///< [d_model, n_heads · head_dim]
    Tensor attention_post_norm;         ///< [d_model]
    Tensor feed_forward_norm;           ///< [d_model]
    std::unique_ptr<Weight> gate;       ///< [d_ff, d_model]
    std::unique_ptr<Weight> up;         ///< [d_ff, d_model]
    std::unique_ptr<Weight> down;       ///< [d_model, d_ff]
    Tensor feed_forward_post_norm;      ///< [d_model]
};

struct ModelWeights {
    std::unique_ptr<Weight> embedding;  ///< [vocab_size, d_model]
    std::vector<LayerWeights> layers;
    Tensor output_norm;                  ///< [d_model]
    std::unique_ptr<Weight> own_output;  ///< [vocab_size, d_model]; null: tied
    std::size_t packed_bytes = 0;

    /// The output projection; the embedding itself where the two are tied.
    const Weight& output() const { return own_output ? *own_output : *embedding; }

    /// kCorrupt names a tensor that is missing or misshapen, kUnsupported one that the architecture
    /// does not know (it would change the result). kOutOfMemory before anything is packed where
    /// the machine lacks the memory. The packed weights keep `file` alive if they read it.
    static Result<ModelWeights> load(const std::shared_ptr<const GgufFile>& file,
                                     const ModelConfig& config, Backend& backend);
};

}  // namespace lectern
