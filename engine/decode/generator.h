// Decoding: from the logits behind the prompt to a streamed answer.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decode/attention_trace.h"
#include "engine/decode/sampler.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

struct GenerateOptions {
    int max_tokens = 512;
    SamplerOptions sampler;
    std::vector<TokenId> stop_tokens;
    std::int32_t segment = 0;  ///< segment number of the answer's rows
    /// What stands before the answer, to draft from (ngram_drafter.h). Changes no token of the
    /// answer, only how many a step yields. Nothing: one a step.
    std::optional<std::vector<TokenId>> draft_from;
    /// How long drafts get depends on what steps of several rows are seen to cost; false: on what
    /// they usually cost, so that the same answer takes the same steps.
    bool learn_step_costs = true;
    /// Rows of the context that each step makes exact beside its own, front to back, as repair()
    /// would (repair.h): free where a pass of few rows takes as long as one of one. What comes
    /// later in the answer sees them: they are part of what it depends on, and nothing is drafted,
    /// since the answer would then depend on how many steps it took. 0: none ride along.
    int riding_rows = 0;
    /// Hears of every answer row, in order, before the token behind it is given out; borrowed.
    /// nullptr: nobody listens.
    AttentionTrace* attention = nullptr;
};

enum class FinishReason : std::uint8_t { kStop, kMaxTokens, kContextFull, kCancelled };

struct Generated {
    std::string text;             ///< valid UTF-8
    std::vector<TokenId> tokens;  ///< without the stop token
    FinishReason finish = FinishReason::kStop;
    double decode_ms = 0;  ///< from the first token to the last
    int n_steps = 0;       ///< passes of the model
    int n_drafted = 0;     ///< tokens that passes verified
    int n_accepted = 0;    ///< of those, right
};

/// Appends to text whole UTF-8 sequences only; a broken one becomes U+FFFD.
class Utf8Stream {
  public:
    /// The part of pending + piece that is complete.
    std::string push(std::string_view piece);
    /// What is left at the end.
    std::string finish();

  private:
    std::string pending_;
};

/// logits: of the last prompt row (consumed). on_text gets each piece as it is decoded (valid
/// UTF-8, never empty), on the calling thread. Every generated token but the last is run through
/// the model and stays in the cache as an answer row. Cancelling is not an error: what was decoded
/// is returned.
Result<Generated> generate(Transformer& model, Activations& activations, KvCache& cache,
                           const Tokenizer& tokenizer, std::span<float> logits,
                           const GenerateOptions& options,
                           const std::function<void(std::string_view)>& on_text,
                           std::stop_token stop);

}  // namespace lectern
