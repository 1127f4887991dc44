// What a BERT encoder is, read from the files of its folder.
#pragma once

#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace lectern {

struct EncoderConfig {
    int n_layers = 0;
    int d_model = 0;
    int n_heads = 0;
    int head_dim = 0;
    int d_ff = 0;
    int vocab_size = 0;
    int n_positions = 0;
    int n_token_types = 0;
    int max_sequence = 0;  ///< tokens of one input, [CLS] and [SEP] counted
    float norm_eps = 1e-12f;

    /// Multiply-adds of weights that a row of the encoder takes.
    std::int64_t row_cost() const {
        return std::int64_t{n_layers} * d_model *
               (4 * std::int64_t{d_model} + 2 * std::int64_t{d_ff});
    }

    /// config.json, and where they exist sentence_bert_config.json (max_seq_length) and
    /// 1_Pooling/config.json. kUnsupported names what is not a BERT encoder with mean pooling,
    /// kCorrupt a value that makes no sense.
    static Result<EncoderConfig> read(const std::filesystem::path& folder);
};

}  // namespace lectern
