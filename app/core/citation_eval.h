// Measures citing: on questions whose supporting passages are known, is the first passage that the
// answer cites one of them?
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/eval_dataset.h"
#include "app/core/eval_statistics.h"
#include "app/core/model_session.h"
#include "engine/base/result.h"

namespace lectern {

struct CitationEvalOptions {
    AnswerMode mode = AnswerMode::kFused;
    FusionSettings fusion;
    int limit = 0;                                         ///< cases to measure; 0: all
    int skip = 0;                                          ///< cases left out at the beginning
    int max_tokens = 64;                                   ///< of an answer
    std::function<void(int done, int total)> on_progress;  ///< may be empty
};

/// How a way of citing did on one answer.
struct CaseCitations {
    std::string first;           ///< title of the first passage cited; empty: none
    bool is_supporting = false;  ///< that it is one of the case's supporting passages
    int n_uncited = 0;           ///< sentences that rest on nothing
};

struct CitationCase {
    int number = 0;  ///< from 1, in the file
    std::string answer;
    int n_sentences = 0;
    bool is_right = false;    ///< contains_answer()
    CaseCitations attention;  ///< as the product cites
    CaseCitations overlap;    ///< by shared words alone, on the same answer
};

/// A way of citing over the rightly answered cases.
struct CitationFigures {
    Estimate first_supporting;  ///< share of cases, with Wilson's 95 % interval
    double uncited = 0;         ///< share of their sentences
};

struct CitationReport {
    std::vector<CitationCase> cases;
    int n_right = 0;
    CitationFigures attention, overlap;
};

/// Every case's passages are the prompt, in file order; the model is asked to answer in one full
/// sentence, decoded as the product does. kInvalidArgument: no case, or one whose supporting
/// passages are not known. kTooLong: one does not fit the context. kCancelled and the engine's
/// errors.
Result<CitationReport> run_citation_eval(ModelSession& session, std::span<const EvalCase> cases,
                                         const CitationEvalOptions& options, std::stop_token stop);

}  // namespace lectern
