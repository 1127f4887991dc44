// The table of decoder architectures: what their files leave unsaid.
#pragma once

#include <string>
#include <string_view>

#include "engine/backend/backend.h"

namespace lectern {

struct Architecture {
    std::string_view name;
    RopeStyle rope_style = RopeStyle::kHalves;
    Activation activation = Activation::kSilu;
    bool qkv_bias = false;          ///< the file must have biases on q, k and v
    bool qk_norm = false;           ///< RMSNorm over each head of q and k, before RoPE
    bool post_norms = false;        ///< RMSNorm on each sub-layer's output
    bool scaled_embedding = false;  ///< by sqrt(d_model)
    double rope_base = 10'000;      ///< where the file does not say
    double local_rope_base = 0;     ///< of windowed layers; 0: the global layers' RoPE
    int window_period = 0;          ///< every such layer is global; 0: all alike
};

/// nullptr for one that is not known.
const Architecture* find_architecture(std::string_view name);
/// "llama, qwen2, …": for error messages.
std::string supported_architectures();

}  // namespace lectern
