// What the assistant does when nobody asks: repair the conversation, measure the model, compute
// passages' KV, read ahead of a half-typed question.
#include <chrono>

#include "app/core/calibrate.h"
#include "app/core/likely_first.h"
#include "app/core/local_assistant.h"
#include "app/core/paths.h"
#include "app/core/power_supply.h"
#include "app/core/profile_files.h"

namespace lectern {
namespace {

tl::unexpected<Error> prefetch_cancelled() {
    return fail(ErrorCode::kCancelled, "Reading ahead of the question was stopped.");
}

}  // namespace

/// A question stops it at once, and it begins again afterwards.
template <class Work>
auto LocalAssistant::in_background(std::stop_token stop, Work work)
    -> std::invoke_result_t<Work, std::stop_token> {
    for (;;) {
        gate_.wait(stop);
        std::stop_token interrupted;
        {
            const std::lock_guard lock(background_mutex_);
            background_ = std::stop_source();
            interrupted = background_.get_token();
        }
        // A question that came before it could stop this goes first.
        if (gate_.is_closed() && !stop.stop_requested()) continue;
        std::stop_callback forward(stop, [this] {
            const std::lock_guard lock(background_mutex_);
            background_.request_stop();
        });
        const std::lock_guard lock(engine_mutex_);
        auto done = work(interrupted);
        const bool by_question =
            !done && done.error().code == ErrorCode::kCancelled && !stop.stop_requested();
        if (!by_question) return done;
    }
}

Result<int> LocalAssistant::repair(std::stop_token stop) {
    if (!choices().repairs_on_battery && runs_on_battery()) return 0;
    return in_background(std::move(stop), [&](std::stop_token interrupted) -> Result<int> {
        return flow_ ? flow_->repair(std::move(interrupted)) : 0;
    });
}

Result<bool> LocalAssistant::calibrate(std::stop_token stop) {
    if (!choices().repairs_on_battery && runs_on_battery()) return false;
    return in_background(std::move(stop), [&](std::stop_token interrupted) {
        return ensure_profile(std::move(interrupted));
    });
}

/// Pre: engine_mutex_ is held. true: it was measured.
Result<bool> LocalAssistant::ensure_profile(std::stop_token stop) {
    LECTERN_TRY(ensure_searcher());
    LECTERN_TRY(ensure_session(stop));
    if (profile_) return false;
    CalibrationOptions options;
    options.model = model().path.stem().string();
    options.kv_format = session_->kv_format();
    LECTERN_ASSIGN(profile_,
                   calibrate_into(profile_path(profiles_folder(), session_->fingerprint()),
                                  *session_, options, {}, std::move(stop)));
    return true;
}

Result<std::int64_t> LocalAssistant::precompute(std::stop_token stop) {
    return keep_likely([](std::int64_t) {}, stop);
}

/// Returns how many were computed. It pushes out nothing that is there: what the budget has no room
/// for is computed on first use.
Result<std::int64_t> LocalAssistant::keep_likely(const std::function<void(std::int64_t)>& on_done,
                                                 std::stop_token stop) {
    LECTERN_ASSIGN(const std::vector<std::int64_t> chunk_ids, likely_order());
    std::int64_t n_computed = 0, n_done = 0;
    for (const std::int64_t chunk_id : chunk_ids) {
        const Result<bool> computed = keep_chunk(chunk_id, stop);
        if (!computed && computed.error().code == ErrorCode::kTooLong) continue;
        if (!computed) return tl::unexpected(computed.error());
        n_computed += *computed;
        on_done(++n_done);
    }
    return n_computed;
}

Result<std::vector<std::int64_t>> LocalAssistant::likely_order() const {
    LECTERN_ASSIGN(const auto chunks, library_->chunk_places());
    LECTERN_ASSIGN(const auto documents, library_->documents());
    LECTERN_ASSIGN(const auto used, library_->used_chunks());
    LECTERN_ASSIGN(const auto questions, library_->past_questions());
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t now_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    return likely_first({chunks, documents, used, questions, now_ns});
}

Result<bool> LocalAssistant::keep_chunk(std::int64_t chunk_id, std::stop_token stop) {
    const Result<ChunkRecord> chunk = library_->chunk(chunk_id);
    if (!chunk && chunk.error().code == ErrorCode::kNotFound) return false;  // removed meanwhile
    if (!chunk) return tl::unexpected(chunk.error());
    const PlanPassage passage = plan_passage(chunk->title, chunk->heading_path, chunk->text);
    return in_background(stop, [&](std::stop_token interrupted) -> Result<bool> {
        LECTERN_TRY(ensure_searcher());
        LECTERN_TRY(ensure_session(interrupted));
        return PassageKv(*session_, *store_)
            .keep(session_->planner().passage_tokens(passage), std::move(interrupted));
    });
}

Result<int> LocalAssistant::prefetch(const std::string& half_question, std::stop_token stop) {
    if (loaded_ == nullptr) return 0;
    std::stop_source source;
    std::string question_before;
    {
        const std::lock_guard lock(background_mutex_);
        prefetch_ = source;
        question_before = last_question_;
    }
    const std::stop_callback forward(stop, [&] { source.request_stop(); });
    gate_.wait(source.get_token());
    if (source.stop_requested()) return prefetch_cancelled();
    LECTERN_ASSIGN(const std::vector<SearchHit> hits,
                   search(search_query(question_before, half_question), AskOptions{}.top_k));
    const std::shared_lock lock(loaded_mutex_);
    if (loaded_ == nullptr) return 0;  // it was closed meanwhile
    int n_in_memory = 0;
    for (const SearchHit& hit : hits) {
        LECTERN_ASSIGN(const bool in_memory, bring_into_memory(hit, source.get_token()));
        n_in_memory += in_memory;
    }
    return n_in_memory;
}

/// false: its KV is not stored, or cannot be read.
Result<bool> LocalAssistant::bring_into_memory(const SearchHit& hit, std::stop_token stop) {
    const ModelSession& session = *loaded_;
    const auto passage =
        session.planner().passage_tokens(plan_passage(hit.title, hit.heading_path, hit.text));
    const Result<StoredChunk> chunk = store_->peek(session.key_of(passage));
    if (!chunk) return false;
    for (int layer = 0; layer < chunk->kv->shape().n_layers; ++layer) {
        if (stop.stop_requested()) return prefetch_cancelled();
        if (!chunk->kv->layer_bytes(layer)) return false;
    }
    return true;
}

}  // namespace lectern
