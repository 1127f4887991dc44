#include "app/core/bench_stored_prompt.h"

#include "app/core/bench_run.h"

namespace lectern {
namespace {

constexpr int kPassages = 6;
constexpr const char* kQuestion = "What is this text about, and whom does it help?";

}  // namespace

Result<std::unique_ptr<StoredPrompt>> StoredPrompt::create(ModelSession& session,
                                                           int n_passage_tokens,
                                                           const std::filesystem::path& folder,
                                                           std::int64_t ram_bytes,
                                                           std::stop_token stop) {
    LECTERN_ASSIGN(std::unique_ptr<KvStore> store, open_disk_kv_store({.folder = folder}));
    if (ram_bytes > 0) store = make_tiered_kv_store(make_ram_kv_store(ram_bytes), std::move(store));
    std::unique_ptr<StoredPrompt> prompt(new StoredPrompt(session, std::move(store)));

    const int passage_tokens = n_passage_tokens / kPassages;
    const std::vector<TokenId> ids = text_tokens(session.tokenizer(), passage_tokens * kPassages);
    for (int p = 0; p < kPassages; ++p) {
        const auto passage =
            std::span(ids).subspan(std::size_t(p) * passage_tokens, passage_tokens);
        LECTERN_TRY(prompt->passage_kv_.keep(passage, stop));
        prompt->segments_.push_back({SegmentKind::kPassage, {passage.begin(), passage.end()}});
    }
    PlanRequest request;
    request.question = kQuestion;
    LECTERN_ASSIGN(PromptPlan plan, session.planner().plan(request, session.context()));
    prompt->segments_.push_back(std::move(plan.segments.back()));
    return prompt;
}

Result<StoredPrompt::FusedRead> StoredPrompt::read_fused(const FusionSettings& settings,
                                                         std::stop_token stop) {
    session_->rewind();
    LECTERN_ASSIGN(StoredRead read, passage_kv_.read(segments_, settings, 0, stop));
    if (read.kv.computed > 0)
        return fail(ErrorCode::kInternal, "The store has lost a passage's KV meanwhile.");
    return FusedRead{std::move(read.report), read.kv.open_ms};
}

Result<FuseReport> StoredPrompt::read_in_full(std::stop_token stop) {
    session_->rewind();
    return read_full(session_->model(), session_->activations(), session_->cache(), segments_,
                     stop);
}

std::vector<TokenId> StoredPrompt::ids() const {
    std::vector<TokenId> ids = session_->planner().prefix();
    for (const PromptSegment& segment : segments_)
        ids.insert(ids.end(), segment.ids.begin(), segment.ids.end());
    return ids;
}

}  // namespace lectern
