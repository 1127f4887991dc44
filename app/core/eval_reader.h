// One case at the model: its chunks' KV and its full reading once, then every variant against them.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "app/core/eval_chunks.h"
#include "app/core/eval_journal.h"
#include "engine/decode/generator.h"
#include "engine/fusion/fuser.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

/// Keeps activations, cache and the last prefix. One thread at a time; borrows engine and options.
class EvalReader {
  public:
    static constexpr int kMaxPositions = 512;  ///< of an answer, for KL: they run in one block

    /// `capacity`: rows of the largest prompt and its answer. kOutOfMemory.
    static Result<EvalReader> create(EvalEngine& engine, const EvalOptions& options, int capacity);

    /// Reads the case in full; measure() then compares with it. kCancelled and the engine's errors.
    Status begin_case(const EvalCase& item, const PromptSegments& prompt,
                      const std::stop_token& stop);
    Result<EvalMeasurement> measure(const EvalVariant& variant, const std::stop_token& stop);

  private:
    /// A prompt read, and what came of it.
    struct Reading {
        FuseReport report;
        double ttft_ms = 0;
        Generated answer;
        std::vector<float> logits;  ///< [positions of full's answer, vocab_size]
    };

    EvalReader(EvalEngine& engine, const EvalOptions& options, Activations activations,
               KvCache cache)
        : engine_(&engine),
          options_(&options),
          activations_(std::move(activations)),
          cache_(std::move(cache)),
          chunks_(options.variants) {}

    Status read_prefix(const std::vector<TokenId>& prefix, const std::stop_token& stop);
    Result<FuseReport> read(const EvalVariant& variant, const std::stop_token& stop);
    Result<Generated> decode(std::vector<float> logits, const std::stop_token& stop);
    Result<std::vector<float>> follow_answer(std::vector<float> first_logits,
                                             const Generated& answer, const std::stop_token& stop);
    Result<Reading> read_and_answer(const EvalVariant& variant, const Generated* full_answer,
                                    const std::stop_token& stop);

    EvalEngine* engine_;
    const EvalOptions* options_;
    Activations activations_;
    KvCache cache_;  ///< between calls: the prefix alone
    std::vector<TokenId> prefix_;

    const EvalCase* case_ = nullptr;  ///< the caller's, until the next begin_case()
    PromptSegments behind_prefix_;
    EvalChunks chunks_;
    Reading full_;
};

}  // namespace lectern
