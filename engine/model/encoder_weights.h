// A BERT encoder's weights, packed by their backend, and how they are read from safetensors.
#pragma once

#include <memory>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/gguf/safetensors_file.h"
#include "engine/model/encoder_config.h"

namespace lectern {

struct LinearWeights {
    std::unique_ptr<Weight> weight;  ///< [n_out, n_in]
    Tensor bias;                     ///< [n_out]
};

struct LayerNormWeights {
    Tensor weight;  ///< [d_model]
    Tensor bias;    ///< [d_model]
};

struct EncoderLayerWeights {
    LinearWeights q, k, v, attention;  ///< [d_model, d_model]
    LayerNormWeights attention_norm;
    LinearWeights up;    ///< [d_ff, d_model]
    LinearWeights down;  ///< [d_model, d_ff]
    LayerNormWeights output_norm;
};

struct EncoderWeights {
    Tensor words;      ///< [vocab_size, d_model]
    Tensor positions;  ///< [n_positions, d_model]; token type 0, the only one used, is added
    LayerNormWeights embedding_norm;
    std::vector<EncoderLayerWeights> layers;

    /// kCorrupt names a tensor that is missing or misshapen. The weights keep `file` alive if they
    /// read it.
    static Result<EncoderWeights> load(const std::shared_ptr<const SafetensorsFile>& file,
                                       const EncoderConfig& config, Backend& backend);
};

}  // namespace lectern
