// The prompt as a plan: typed segments made once, which full, fused, eval and server consume alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/tokenizer/chat_template.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

struct PlanPassage {
    std::string heading;  ///< document title and heading path; position-free, may be empty
    std::string text;
};

struct PlanTurn {
    std::string question;
    std::string answer;
};

struct PlanRequest {
    std::vector<PlanTurn> history;      ///< oldest first
    std::vector<PlanPassage> passages;  ///< in reading order: the best last, next to the question
    std::string question;
    std::string instructions;  ///< what varies (length, language): stands behind the passages, with
                               ///< the question
};

struct PromptPlan {
    PromptSegments
        segments;        ///< prefix, history (one segment, where there is any), passages, question
    int n_passages = 0;  ///< how many of the request's passages are in it: the last ones
    int dropped_passages = 0;
    int dropped_turns = 0;  ///< oldest turns that did not fit
    int n_tokens = 0;
};

/// Owns order, budget and overflow. Immutable; any thread.
class PromptPlanner {
  public:
    /// Both outlive this.
    PromptPlanner(const Tokenizer& tokenizer, const ChatTemplate& chat_template);

    /// The fixed tokens in front of everything: chat header and system prompt.
    const std::vector<TokenId>& prefix() const { return prefix_; }
    /// A passage's own tokens: nothing in them depends on its place.
    std::vector<TokenId> passage_tokens(const PlanPassage& passage) const;

    /// A turn of a conversation alone: its passages and its question behind `opening`, which stands
    /// between it and the turn before (nothing: it comes right behind the prefix). Fills at most
    /// `budget` tokens; the request's history is not looked at. Errors as plan().
    Result<PromptPlan> plan_turn(const PlanRequest& request, std::vector<TokenId> opening,
                                 int budget) const;

    /// Fills at most `budget` tokens. Old turns go first, then passages from the first. kTooLong:
    /// the question alone does not fit; kInvalidArgument: it is empty.
    Result<PromptPlan> plan(const PlanRequest& request, int budget) const;

  private:
    Result<std::vector<TokenId>> question_tokens(const PlanRequest& request, int room) const;
    void add_passages_and_question(PromptPlan& plan, const PlanRequest& request,
                                   std::vector<TokenId> question, int room) const;
    std::vector<TokenId> history_tokens(const std::vector<PlanTurn>& history,
                                        std::size_t first) const;

    const Tokenizer* tokenizer_;
    const ChatTemplate* template_;
    std::vector<TokenId> prefix_;
};

}  // namespace lectern
