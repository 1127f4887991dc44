// Which attention heads say what an answer rests on: those that look at the sentence being told.
#pragma once

#include <stop_token>
#include <vector>

#include "app/core/model_session.h"
#include "engine/base/result.h"
#include "engine/decode/attention_trace.h"

namespace lectern {

/// Heads in ascending order: those that resources/citation_heads.json holds for the model's
/// fingerprint, or every head of a few layers behind the middle, of those that see the whole
/// context where there are any. Any thread.
std::vector<AttentionHead> citation_heads(const Transformer& model);

struct HeadScore {
    AttentionHead head;
    /// Weight on the passage that is being quoted less that on the mean of the others, mean over
    /// the quotations' tokens: in [−1, 1].
    double score = 0;
};

/// Scores every head, the best first, on prompts of built-in text: the model is made to quote
/// sentences of known passages. Uses the session's cache, which holds the prefix alone afterwards.
/// kCancelled and the engine's errors.
Result<std::vector<HeadScore>> score_citation_heads(ModelSession& session, int n_prompts,
                                                    std::stop_token stop);

}  // namespace lectern
