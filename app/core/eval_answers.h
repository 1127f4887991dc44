// Answers of an evaluation: decoded behind what a cache holds, and followed token by token for the
// distributions along them.
#pragma once

#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "engine/decode/generator.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

/// What answers are decoded with.
struct EvalDecoder {
    Transformer& model;
    Activations& activations;
    const Tokenizer& tokenizer;
    const std::vector<TokenId>& stop_tokens;
    int max_tokens = 32;
    int max_positions = 16;  ///< at which distributions are compared
};

/// The greedy answer behind what the cache holds, whose last row gave these logits. The cache is as
/// it was afterwards. kCancelled.
Result<Generated> decode_answer(const EvalDecoder& decoder, KvCache& cache,
                                std::vector<float> logits, const std::stop_token& stop);

/// Logits behind 0, 1, … of the answer's tokens, [positions, vocab_size]: one a token, and one at
/// its end if it came to one, at most max_positions. The cache is as it was afterwards. kCancelled.
Result<std::vector<float>> follow_answer(const EvalDecoder& decoder, KvCache& cache,
                                         std::vector<float> first_logits, const Generated& answer,
                                         const std::stop_token& stop);

/// How far a reading's distributions are from the full read's, position by position.
struct EvalDivergence {
    std::vector<double> kl;      ///< nats, KL(full ‖ own)
    std::vector<int> same_top1;  ///< 1 where the most likely token is full's
};
/// Pre: both are [positions, vocab_size].
EvalDivergence divergence(const std::vector<float>& full, const std::vector<float>& own,
                          int vocab_size);

}  // namespace lectern
