// Logits → the next token: greedy, or seeded sampling.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lectern {

struct SamplerOptions {
    float temperature = 0.0f;         ///< 0: greedy
    int top_k = 0;                    ///< 0: off
    float top_p = 1.0f;               ///< 1: off
    float min_p = 0.0f;               ///< 0: off
    float repetition_penalty = 1.0f;  ///< 1: off; over the last repetition_window tokens
    int repetition_window = 64;
    std::uint64_t seed = 0;
};

/// The order: repetition penalty, top-k, top-p, min-p (all three on the distribution at temperature
/// 1), temperature. Reproducible: the same options, logits and history give the same tokens. Equal
/// logits: the lowest id.
class Sampler {
  public:
    explicit Sampler(const SamplerOptions& options);
    /// history: the tokens generated so far. logits is scratch afterwards.
    TokenId sample(std::span<float> logits, std::span<const TokenId> history);

  private:
    SamplerOptions options_;
    std::mt19937_64 random_;
};

}  // namespace lectern
