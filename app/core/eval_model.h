// The evaluation on a model file: the product's own prompt around each case.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

#include "app/core/eval.h"
#include "app/core/eval_reshape.h"
#include "app/core/eval_turns.h"
#include "app/core/fidelity_choice.h"
#include "app/core/model_session.h"
#include "app/core/retrieval_eval.h"
#include "engine/base/result.h"

namespace lectern {

struct EvalModelOptions {
    std::filesystem::path dataset;
    std::filesystem::path documents;  ///< a folder, instead of a data set (eval_documents.h)
    EvalShape shape;                  ///< of documents: n_passages alone, the chunks of a case
    EvalOptions eval;
    /// Takes the place of how eval's variants read: as the model's profile for each one's form of
    /// stored KV has it.
    std::optional<Fidelity> fidelity;
    SessionOptions session;
};

/// A session's model with the product's prompt around each case; the session outlives it.
EvalEngine eval_engine(ModelSession& session, int max_answer_tokens);

/// Loads model and data set and runs the evaluation. A case with passages or an earlier turn that
/// do not fit the context is skipped. kInvalidArgument: a shape that the data cannot have.
Result<EvalReport> evaluate_model(const std::filesystem::path& model,
                                  const EvalModelOptions& options,
                                  const std::function<void(const EvalProgress&)>& on_progress,
                                  std::stop_token stop);

/// Loads model and data set and runs conversations of several turns (eval_turns.h); of `options`
/// the data set, the number of passages and the session count. kInvalidArgument as above.
Result<TurnsReport> evaluate_turns(const std::filesystem::path& model,
                                   const EvalModelOptions& options, const TurnsOptions& turns,
                                   const std::function<void(const EvalProgress&)>& on_progress,
                                   std::stop_token stop);

/// The retriever with an embedder by name or path (find_model).
Result<RetrievalReport> evaluate_retrieval(const std::string& embedder, int n_threads,
                                           const std::filesystem::path& dataset,
                                           const std::filesystem::path& corpus,
                                           const RetrievalEvalOptions& options,
                                           std::stop_token stop);

}  // namespace lectern
