#include "app/core/eval_model.h"

#include "app/core/catalogue.h"
#include "app/core/eval_dataset.h"
#include "app/core/eval_documents.h"
#include "app/core/paths.h"
#include "app/core/profile_files.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {
namespace {

/// The data sets' answers are short phrases.
constexpr const char* kInstructions =
    "Answer with the shortest phrase that answers the question, a name, a date or a number, and "
    "nothing else.";

Result<PromptSegments> build_prompt(const ModelSession& session, int max_answer_tokens,
                                    const EvalCase& item) {
    PlanRequest request;
    request.history = item.history;
    request.question = item.question;
    if (!item.answers.empty()) request.instructions = kInstructions;
    for (const EvalPassage& passage : item.passages)
        request.passages.push_back({passage.title, passage.text});
    const int context = session.context();
    LECTERN_ASSIGN(PromptPlan plan, session.planner().plan(request, context - max_answer_tokens));
    const std::string too_long = " not fit the context of " + std::to_string(context) + " tokens.";
    if (plan.dropped_passages > 0)
        return fail(ErrorCode::kTooLong,
                    std::to_string(plan.dropped_passages) + " of its passages do" + too_long);
    if (plan.dropped_turns > 0)
        return fail(ErrorCode::kTooLong, "Its earlier turn does" + too_long);
    return std::move(plan.segments);
}

/// The variants as the fidelity has them; how that was chosen, one line a variant.
std::vector<std::string> settle(std::vector<EvalVariant>& variants, Fidelity fidelity,
                                const ModelSession& session) {
    std::vector<std::string> reasons;
    for (EvalVariant& variant : variants) {
        const auto profile =
            profile_of_model(profiles_folder(), session.fingerprint(), variant.kv_format);
        FidelityChoice choice = choose(fidelity, profile ? &*profile : nullptr);
        variant.mode = choice.fusion ? AnswerMode::kFused : AnswerMode::kFull;
        if (choice.fusion) variant.fusion = *choice.fusion;
        reasons.push_back(std::move(choice.reason));
    }
    return reasons;
}

Result<EvalDocuments> load_cases(const EvalModelOptions& options, const std::stop_token& stop) {
    EvalDocuments out;
    if (options.documents.empty()) {
        LECTERN_ASSIGN(out.cases, read_eval_dataset(options.dataset));
        return out;
    }
    if (options.shape.chunk_tokens > 0 || options.shape.has_history)
        return fail(ErrorCode::kInvalidArgument,
                    "Documents are cut by structure and have no earlier turns.");
    const int n = options.shape.n_passages > 0 ? options.shape.n_passages : kRunOfChunks;
    const ReaderRegistry readers = ReaderRegistry::standard();
    const auto read = [](const std::filesystem::path& path, std::stop_token stop) {
        return read_in_child(executable_path(), path, ReadLimits{}, std::move(stop));
    };
    const auto knows = [&](std::string_view extension) {
        return readers.knows_extension(extension);
    };
    return read_eval_documents(options.documents, n, read, knows, stop);
}

}  // namespace

EvalEngine eval_engine(ModelSession& session, int max_answer_tokens) {
    return {session.model(), session.tokenizer(), session.chat_template().stop_tokens(),
            [&session, max_answer_tokens](const EvalCase& item) {
                return build_prompt(session, max_answer_tokens, item);
            },
            [&session](const EvalPassage& passage) {
                return session.planner().passage_tokens({passage.title, passage.text});
            }};
}

Result<EvalReport> evaluate_model(const std::filesystem::path& model,
                                  const EvalModelOptions& options,
                                  const std::function<void(const EvalProgress&)>& on_progress,
                                  std::stop_token stop) {
    LECTERN_ASSIGN(EvalDocuments data, load_cases(options, stop));
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session,
                   ModelSession::load(model, options.session, stop));
    LECTERN_TRY(reshape(data.cases, options.shape, [&](std::string_view text) {
        return static_cast<int>(session->tokenizer().encode(text).size());
    }));
    EvalEngine engine = eval_engine(*session, options.eval.max_answer_tokens);
    EvalOptions eval = options.eval;
    for (EvalVariant& variant : eval.variants)
        give_learnt(variant.fusion, session->fingerprint(), variant.kv_format);
    std::vector<std::string> fidelity;
    if (options.fidelity) fidelity = settle(eval.variants, *options.fidelity, *session);
    LECTERN_ASSIGN(EvalReport report, run_eval(eval, data.cases, engine, on_progress, stop));
    report.fidelity = std::move(fidelity);
    report.documents = std::move(data.documents);
    return report;
}

Result<TurnsReport> evaluate_turns(const std::filesystem::path& model,
                                   const EvalModelOptions& options, const TurnsOptions& turns,
                                   const std::function<void(const EvalProgress&)>& on_progress,
                                   std::stop_token stop) {
    LECTERN_ASSIGN(EvalDocuments data, load_cases(options, stop));
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session,
                   ModelSession::load(model, options.session, stop));
    LECTERN_TRY(reshape(data.cases, options.shape, {}));
    return run_turns_eval(turns, data.cases, *session, on_progress, std::move(stop));
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
