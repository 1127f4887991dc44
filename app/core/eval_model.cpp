#include "app/core/eval_model.h"

#include "app/core/catalogue.h"
#include "app/core/eval_dataset.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {
namespace {

/// The data sets' answers are short phrases.
constexpr const char* kInstructions =
    "Answer with the shortest phrase that answers the question, a name, a date or a number, and "
    "nothing else.";

Result<PromptSegments> build_prompt(const ModelSession& session, const EvalOptions& eval,
                                    const EvalCase& item, int context) {
    PlanRequest request;
    request.question = item.question;
    request.instructions = kInstructions;
    for (const EvalPassage& passage : item.passages)
        request.passages.push_back({passage.title, passage.text});
    LECTERN_ASSIGN(PromptPlan plan,
                   session.planner().plan(request, context - eval.max_answer_tokens));
    if (plan.dropped_passages > 0)
        return fail(ErrorCode::kTooLong, std::to_string(plan.dropped_passages) +
                                             " of its passages do not fit the context of " +
                                             std::to_string(context) + " tokens.");
    return std::move(plan.segments);
}

}  // namespace

Result<EvalReport> evaluate_model(const std::filesystem::path& model,
                                  const EvalModelOptions& options,
                                  const std::function<void(const EvalProgress&)>& on_progress,
                                  std::stop_token stop) {
    LECTERN_ASSIGN(const std::vector<EvalCase> cases, read_eval_dataset(options.dataset));
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session,
                   ModelSession::load(model, options.session, stop));
    EvalEngine engine{
        session->model(), session->tokenizer(), session->chat_template().stop_tokens(),
        [&](const EvalCase& item) {
            return build_prompt(*session, options.eval, item, session->context());
        }};
    return run_eval(options.eval, cases, engine, on_progress, stop);
}

Result<RetrievalReport> evaluate_retrieval(const std::string& embedder, int n_threads,
                                           const std::filesystem::path& dataset,
                                           const std::filesystem::path& corpus,
                                           const RetrievalEvalOptions& options,
                                           std::stop_token stop) {
    LECTERN_ASSIGN(const std::filesystem::path folder, find_model(embedder, ModelRole::kEmbedder));
    LECTERN_ASSIGN(const std::unique_ptr<Embedder> encoder,
                   load_encoder_embedder(folder, {.n_threads = n_threads}));
    return run_retrieval_eval(dataset, corpus, encoder.get(), options, stop);
}

}  // namespace lectern
