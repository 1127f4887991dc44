// The way of a question: search → lay out → get each passage's KV → fuse → decode → cite. Of the
// core's classes, only this one knows both retrieval and engine.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/model_session.h"
#include "app/core/passage_kv.h"
#include "app/core/stopwatch.h"
#include "engine/decode/generator.h"
#include "engine/fusion/fuser.h"
#include "engine/kv/kv_store.h"
#include "retrieval/search/searcher.h"

namespace lectern {

/// A conversation over one library with one model. One thread at a time; all parts outlive it.
class AnswerFlow {
  public:
    AnswerFlow(Searcher& searcher, ModelSession& session, KvStore& store);

    /// `since_question` was started when the question was received; `model_load_ms` of it went into
    /// loading.
    Result<Answer> ask(const std::string& question, const AskOptions& options,
                       const AskEvents& events, const Stopwatch& since_question,
                       double model_load_ms, std::stop_token stop);
    void forget_conversation() { history_.clear(); }

  private:
    Result<std::vector<SearchHit>> search(const std::string& question, const AskOptions& options);
    Result<PromptPlan> lay_out(const std::string& question, const std::vector<SearchHit>& hits,
                               const AskOptions& options) const;
    /// Reads the plan; what it took goes into figures.
    Result<FuseReport> read(const PromptPlan& plan, const AskOptions& options,
                            AnswerFigures& figures, std::stop_token stop);
    Result<FuseReport> read_stored(const PromptSegments& behind_prefix, const AskOptions& options,
                                   AnswerFigures& figures, std::stop_token stop);
    Status decode(FuseReport& report, const PromptPlan& plan, const AskOptions& options,
                  const AskEvents& events, const Stopwatch& since_question, Answer& answer,
                  std::stop_token stop);

    Searcher* searcher_;
    ModelSession* session_;
    PassageKv passage_kv_;
    std::vector<PlanTurn> history_;
};

/// What of a chunk goes into a prompt.
PlanPassage plan_passage(const std::string& title, const std::string& heading_path,
                         const std::string& text);

/// How answers are decoded: greedily, behind what the session's cache holds; without look-up.
GenerateOptions answer_options(const ModelSession& session, int max_tokens);

/// As figures, in the order things happen.
std::vector<PhaseTime> phase_times(const ReadPhases& phases);

}  // namespace lectern
