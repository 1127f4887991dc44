// What a decoder model is, read from its file and a table of defaults per architecture.
#pragma once

#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

struct ModelConfig {
    std::string architecture;  ///< "llama", "qwen2", "qwen3", "gemma3"
    std::string name;          ///< general.name, for people
    int n_layers = 0;
    int d_model = 0;
    int n_heads = 0;
    int n_kv_heads = 0;
    int head_dim = 0;
    int d_ff = 0;
    int vocab_size = 0;
    int context_length = 0;  ///< the model's own limit, tokens
    float norm_eps = 1e-5f;
    float embedding_scale = 1.0f;    ///< gemma3: sqrt(d_model)
    float attention_scale = 0.0f;    ///< on q·k: 1/sqrt(head_dim) unless the file says otherwise
    float attention_softcap = 0.0f;  ///< 0: none
    float logit_softcap = 0.0f;      ///< 0: none
    bool qkv_bias = false;           ///< biases on q, k and v
    bool qk_norm = false;            ///< RMSNorm over each head of q and k, before RoPE
    bool post_norms = false;  ///< RMSNorm on the output of attention and of the feed-forward part
    Activation activation = Activation::kSilu;
    int window = 0;  ///< sliding window of windowed layers; 0: no windowed layers
    int window_period =
        0;            ///< layer l is global if (l + 1) % window_period == 0; others are windowed
    Rope rope;        ///< global layers
    Rope local_rope;  ///< windowed layers

    bool is_windowed(int layer) const {
        return window > 0 && (window_period == 0 || (layer + 1) % window_period != 0);
    }
    const Rope& rope_of(int layer) const { return is_windowed(layer) ? local_rope : rope; }
    AttentionOptions attention_options(int layer) const {
        return {attention_scale, attention_softcap, is_windowed(layer) ? window : 0};
    }
    KvShape kv_shape() const { return {n_layers, n_kv_heads, head_dim}; }

    /// kUnsupported names the architecture or feature and what is supported; kCorrupt a value that
    /// makes no sense.
    static Result<ModelConfig> from_gguf(const GgufFile& file);
};

}  // namespace lectern
