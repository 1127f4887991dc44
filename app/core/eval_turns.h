// Conversations of several turns, kept in the context as the product keeps them, against reading
// everything again at every turn.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "app/core/eval.h"
#include "app/core/eval_statistics.h"
#include "app/core/model_session.h"

namespace lectern {

struct TurnsOptions {
    FusionSettings fusion;
    bool repair = true;  ///< complete, between turns
    int n_turns = 3;
    int limit = 0;  ///< conversations; 0: as many as the cases make
    int skip = 0;   ///< cases left out at the beginning
    int max_answer_tokens = 32;
    int max_kl_positions = 16;
    std::uint64_t seed = 0;
};

/// One turn of all conversations. KL in nats along the full read's greedy answers.
struct TurnRow {
    int n = 0;                           ///< conversations
    double prompt_tokens = 0;            ///< mean, in the context once the turn is read
    double kl_case = 0, kl_case_se = 0;  ///< mean of the conversations' means, its standard error
    double kl_first = 0;
    double top1_agreement = 0;  ///< share of positions
    double charged_ratio = 0;   ///< of the turn's new passages
    double f1 = 0, f1_full = 0;
    /// From the turn's prompt to its first token, new chunks' KV there; full: everything read again
    /// behind the prefix.
    double ttft_ms_p50 = 0, ttft_full_ms_p50 = 0;
    Estimate sooner;  ///< geometric mean of full's time ÷ ours, two-sided 95 %
};

struct TurnsReport {
    std::vector<TurnRow> turns;  ///< first to last
    /// The last turn once more, the conversation brought back from stored chunks before, as after
    /// a restart: that is in its time.
    TurnRow restored;
    int n_skipped = 0;  ///< conversations that do not fit the context
    double seconds = 0;
};

/// A conversation is n_turns cases one behind the other, each with its own passages; earlier
/// answers are the full read's. Works in the session's cache. kInvalidArgument: not enough cases.
/// kOutOfMemory, kCancelled.
Result<TurnsReport> run_turns_eval(const TurnsOptions& options, std::span<const EvalCase> cases,
                                   ModelSession& session,
                                   const std::function<void(const EvalProgress&)>& on_progress,
                                   std::stop_token stop);

}  // namespace lectern
