// One case at the model: its chunks' KV and its full reading once, then every variant against them.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "app/core/eval_chunks.h"
#include "app/core/eval_journal.h"
#include "app/core/eval_kept.h"
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

    /// `before`: EvalChunkParts's, for the case's passages. Reads the case in full, or takes what
    /// is kept under `key` (which names all that the reading depends on); measure() then compares
    /// with it. kCancelled, the engine's errors, EvalKept's.
    Status begin_case(const EvalCase& item, const PromptSegments& prompt,
                      std::span<const std::vector<TokenId>> before, const Hash128& key,
                      const std::stop_token& stop);
    Result<EvalMeasurement> measure(const EvalVariant& variant, const std::stop_token& stop);

  private:
    EvalReader(EvalEngine& engine, const EvalOptions& options, Activations activations,
               KvCache cache, EvalKept kept)
        : engine_(&engine),
          options_(&options),
          activations_(std::move(activations)),
          cache_(std::move(cache)),
          kept_(std::move(kept)),
          chunks_(options.variants) {}

    Status read_prefix(const std::vector<TokenId>& prefix, const std::stop_token& stop);
    Result<FuseReport> read(const EvalVariant& variant, const std::stop_token& stop);
    Result<EvalReading> read_and_answer(const EvalVariant& variant, const Generated* full_answer,
                                        const std::stop_token& stop);

    EvalEngine* engine_;
    const EvalOptions* options_;
    Activations activations_;
    KvCache cache_;  ///< between calls: the prefix alone
    std::vector<TokenId> prefix_;
    EvalKept kept_;

    const EvalCase* case_ = nullptr;                ///< the caller's, until the next begin_case()
    std::span<const std::vector<TokenId>> before_;  ///< likewise
    PromptSegments behind_prefix_;
    EvalChunks chunks_;
    EvalReading full_;
};

}  // namespace lectern
