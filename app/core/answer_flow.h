// The way of a question: search → lay out → get each passage's KV → fuse → decode → cite. Of the
// core's classes, only this one knows both retrieval and engine.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/conversation.h"
#include "app/core/model_session.h"
#include "app/core/passage_kv.h"
#include "app/core/stopwatch.h"
#include "engine/decode/generator.h"
#include "engine/fusion/fuser.h"
#include "engine/kv/kv_store.h"
#include "retrieval/search/searcher.h"
#include "retrieval/store/records.h"

namespace lectern {

/// A conversation over one library with one model. Its context is kept: a turn reads the passages
/// that are not in it yet, behind all that is. One thread at a time; all parts outlive it.
class AnswerFlow {
  public:
    AnswerFlow(Searcher& searcher, ModelSession& session, KvStore& store);

    /// Reads by the options' mode and fusion as they stand: no fidelity chooses them here.
    /// `since_question` was started when the question was received; `model_load_ms` of it went into
    /// loading. On an error the conversation is what it was, but perhaps for its oldest passages.
    Result<Answer> ask(const std::string& question, const AskOptions& options,
                       const AskEvents& events, const Stopwatch& since_question,
                       double model_load_ms, std::stop_token stop);
    /// Makes exact what the context holds, front to back, until it is a full read of all of it: the
    /// next turn starts from there. Returns how many rows were not; kCancelled within a layer, what
    /// was done is kept.
    Result<int> repair(std::stop_token stop);

    const Conversation& conversation() const { return conversation_; }
    void forget_conversation() { conversation_.replace({}); }
    void take_back(int n_turns) { conversation_.take_back(n_turns); }
    /// As Conversation::resume; the next question reads the turns.
    Status resume(const SavedConversation& saved, const FindPassage& find) {
        return conversation_.resume(saved, find);
    }

  private:
    /// What a turn adds to the conversation's context.
    struct TurnPlan {
        PromptPlan prompt;
        std::vector<ConversationPassage> passages;  ///< of the plan, in reading order
    };

    /// What is searched for; a question that leans on the one before is put in other words, which
    /// the answer tells.
    Result<std::string> query_of(const std::string& question, const AskOptions& options,
                                 Answer& answer, std::stop_token stop);
    Result<TurnPlan> lay_out(const std::string& question, const std::vector<SearchHit>& hits,
                             const AskOptions& options);
    Result<TurnPlan> lay_out_behind(const std::string& question, const std::vector<SearchHit>& hits,
                                    int budget) const;
    std::vector<Citation> citations_of(const std::vector<SearchHit>& hits,
                                       const TurnPlan& turn) const;
    void take_account(const TurnPlan& turn, int prompt_end, Answer& answer) const;
    Status read_past_turns(const AskOptions& options, std::stop_token stop);
    /// Reads the plan; what it took goes into figures.
    Result<FuseReport> read(const PromptPlan& plan, const AskOptions& options,
                            AnswerFigures& figures, std::stop_token stop);
    /// Returns the answer's tokens.
    Result<std::vector<TokenId>> decode(FuseReport& report, const AskOptions& options,
                                        const AskEvents& events, const Stopwatch& since_question,
                                        Answer& answer, std::stop_token stop);

    Searcher* searcher_;
    ModelSession* session_;
    PassageKv passage_kv_;
    Conversation conversation_;
};

/// What is searched for: a follow-up together with the question before it (empty: there is none),
/// whose topic it usually leaves unsaid.
std::string search_query(const std::string& question_before, const std::string& question);

/// What of a chunk goes into a prompt.
PlanPassage plan_passage(const std::string& title, const std::string& heading_path,
                         const std::string& text);

/// A chunk as a passage's source.
Citation citation_of(const ChunkRecord& chunk);

/// How answers are decoded: greedily, behind what the session's cache holds; without look-up.
GenerateOptions answer_options(const ModelSession& session, int max_tokens);

/// As figures, in the order things happen.
std::vector<PhaseTime> phase_times(const ReadPhases& phases);

}  // namespace lectern
