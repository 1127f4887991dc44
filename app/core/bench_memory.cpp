#include <cstdio>

#include "app/core/answer_flow.h"
#include "app/core/bench_files.h"
#include "app/core/bench_run.h"
#include "app/core/bench_stored_prompt.h"

namespace lectern {
namespace {

constexpr int kAnswerTokens = 64;
constexpr int kQuestionTokens = 192;  ///< room for prefix and question

/// As local answers do: the passages' KV computed and kept, read from there, an answer decoded.
Status answer_once(ModelSession& session, const BenchOptions& options,
                   const std::filesystem::path& folder, std::stop_token stop) {
    const int passages = session.context() - kAnswerTokens - kQuestionTokens;
    LECTERN_ASSIGN(
        const std::unique_ptr<StoredPrompt> prompt,
        StoredPrompt::create(session, passages, folder, AssistantOptions{}.kv_ram_bytes, stop));
    LECTERN_ASSIGN(StoredPrompt::FusedRead read, prompt->read_fused(options.fusion, stop));
    GenerateOptions generating = answer_options(session, kAnswerTokens);
    generating.draft_from = prompt->ids();
    LECTERN_TRY(generate(session.model(), session.activations(), session.cache(),
                         session.tokenizer(), read.report.logits, generating, nullptr, stop));
    return {};
}

}  // namespace

Result<std::vector<BenchRow>> bench_memory(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop) {
    reset_peak_memory();
    SessionOptions session_options = options.session;
    session_options.context = options.n_tokens;
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session,
                   ModelSession::load(model, session_options, stop));
    if (session->context() < kAnswerTokens + 2 * kQuestionTokens)
        return fail(ErrorCode::kTooLong, "So short a context has no room for a prompt.",
                    "Ask for more with --tokens.");
    const auto loaded = static_cast<double>(peak_memory_bytes());
    const BenchFolder folder(options.kv_dir);
    LECTERN_TRY(answer_once(*session, options, folder.path(), stop));

    const auto peak = static_cast<double>(peak_memory_bytes());
    const auto packed = static_cast<double>(session->model().weight_bytes());
    BenchRow row = new_row("memory, loaded and answered", model, options,
                           session->model().backend().description());
    row.figures = {
        {"peak_bytes", peak}, {"peak_bytes_loading", loaded}, {"packed_weight_bytes", packed}};
    char text[128];
    std::snprintf(text, sizeof text, "%.0f MB at most: packed weights %.0f MB, %.0f MB beside them",
                  peak / 1e6, packed / 1e6, (peak - packed) / 1e6);
    row.note = text;
    return std::vector<BenchRow>{row};
}

}  // namespace lectern
