#include "app/core/local_assistant.h"

#include <algorithm>

#include "app/core/catalogue.h"
#include "app/core/library_overview.h"
#include "app/core/paths.h"
#include "app/core/power_supply.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {

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

Result<std::unique_ptr<LocalAssistant>> LocalAssistant::open(const AssistantOptions& options) {
    std::unique_ptr<LocalAssistant> assistant(new LocalAssistant(options));
    AssistantOptions& o = assistant->options_;
    if (o.library.empty()) o.library = data_folder() / "library";
    if (o.executable.empty()) o.executable = executable_path();
    LECTERN_ASSIGN(assistant->library_, Library::open(o.library));
    LECTERN_ASSIGN(
        std::unique_ptr<KvStore> disk,
        open_disk_kv_store({.folder = o.library / "kv", .budget_bytes = o.kv_budget_bytes}));
    assistant->store_ = make_tiered_kv_store(make_ram_kv_store(o.kv_ram_bytes), std::move(disk));
    return assistant;
}

Result<Answer> LocalAssistant::ask(const std::string& question, const AskOptions& options,
                                   const AskEvents& events, std::stop_token stop) {
    const Stopwatch since_question;
    const QuestionGate::Hold hold(gate_);
    {
        const std::lock_guard lock(background_mutex_);
        background_.request_stop();
    }
    const std::lock_guard lock(engine_mutex_);
    LECTERN_ASSIGN(const LibraryCounts counts, library_->counts());
    if (counts.chunks == 0)
        return fail(ErrorCode::kNotFound,
                    "There is nothing to ask about yet: the library is empty.",
                    "Add a folder of documents first.");
    const Stopwatch loading;
    if (!flow_ && events.on_stage) events.on_stage(AskStage::kLoadingModel);
    LECTERN_TRY(ensure_searcher());
    LECTERN_TRY(ensure_session(stop));
    return flow_->ask(question, options, events, since_question, loading.ms(), stop);
}

void LocalAssistant::forget_conversation() {
    const std::lock_guard lock(engine_mutex_);
    if (flow_) flow_->forget_conversation();
}

SavedConversation LocalAssistant::conversation() {
    const std::lock_guard lock(engine_mutex_);
    return flow_ ? flow_->conversation().saved() : SavedConversation{};
}

Status LocalAssistant::resume(const SavedConversation& saved, std::stop_token stop) {
    const std::lock_guard lock(engine_mutex_);
    LECTERN_TRY(ensure_searcher());
    LECTERN_TRY(ensure_session(std::move(stop)));
    return flow_->resume(saved, [this](std::int64_t chunk_id) -> Result<ConversationPassage> {
        LECTERN_ASSIGN(const ChunkRecord chunk, library_->chunk(chunk_id));
        const PlanPassage passage = plan_passage(chunk.title, chunk.heading_path, chunk.text);
        return ConversationPassage{citation_of(chunk), session_->planner().passage_tokens(passage)};
    });
}

Result<int> LocalAssistant::repair(std::stop_token stop) {
    if (!options_.repairs_on_battery && runs_on_battery()) return 0;
    return in_background(std::move(stop), [&](std::stop_token interrupted) -> Result<int> {
        return flow_ ? flow_->repair(std::move(interrupted)) : 0;
    });
}

Result<std::int64_t> LocalAssistant::precompute(std::stop_token stop) {
    std::int64_t n_computed = 0;
    LECTERN_ASSIGN(const std::vector<std::int64_t> chunk_ids, library_->chunk_ids());
    for (const std::int64_t chunk_id : chunk_ids) {
        if (store_is_full()) break;
        LECTERN_ASSIGN(const bool computed, keep_chunk(chunk_id, stop));
        n_computed += computed;
    }
    return n_computed;
}

Result<IngestReport> LocalAssistant::index(const std::vector<std::filesystem::path>& paths,
                                           KvPolicy kv, const IngestEvents& events,
                                           std::stop_token stop) {
    LECTERN_TRY(ensure_searcher());
    LECTERN_ASSIGN(IngestReport report, IngestFlow(ingest_parts()).run(paths, kv, events, stop));
    report.kv_bytes = store_->stats().bytes;
    return report;
}

Status LocalAssistant::remove(const std::filesystem::path& folder) {
    return IngestFlow(ingest_parts()).remove(folder);
}

Result<LibraryOverview> LocalAssistant::overview() {
    LECTERN_ASSIGN(LibraryOverview overview, library_overview(*library_));
    const KvStoreStats stats = store_->stats();
    overview.kv_bytes = stats.bytes;
    overview.kv_budget_bytes = stats.budget_bytes;
    return overview;
}

ModelState LocalAssistant::model() {
    const Result<std::filesystem::path> path = find_model(options_.model, ModelRole::kAnswering);
    if (!path) return {.name = "", .path = {}, .problem = path.error().text()};
    for (const CatalogueModel& known : catalogue())
        if (known.location == *path) return {.name = known.title, .path = *path, .problem = ""};
    return {.name = path->stem().string(), .path = *path, .problem = ""};
}

Result<std::vector<SearchHit>> LocalAssistant::search(const std::string& query, int k) {
    LECTERN_TRY(ensure_searcher());
    return searcher_->search(query, k);
}

Status LocalAssistant::ensure_searcher() {
    const std::lock_guard lock(search_mutex_);
    if (searcher_) return {};
    LECTERN_ASSIGN(const std::filesystem::path folder,
                   find_model(options_.embedder, ModelRole::kEmbedder));
    LECTERN_ASSIGN(embedder_, load_encoder_embedder(
                                  folder, {.n_threads = options_.session.backend.n_threads}));
    searcher_ = std::make_unique<Searcher>(*library_, embedder_.get());
    return searcher_->refresh();
}

/// Pre: engine_mutex_ is held and the searcher is there.
Status LocalAssistant::ensure_session(std::stop_token stop) {
    if (flow_) return {};
    LECTERN_ASSIGN(const std::filesystem::path path,
                   find_model(options_.model, ModelRole::kAnswering));
    LECTERN_ASSIGN(session_, ModelSession::load(path, options_.session, stop));
    flow_.emplace(*searcher_, *session_, *store_);
    return {};
}

Result<bool> LocalAssistant::keep_chunk(std::int64_t chunk_id, std::stop_token stop) {
    const Result<ChunkRecord> chunk = library_->chunk(chunk_id);
    if (!chunk && chunk.error().code == ErrorCode::kNotFound) return false;  // removed meanwhile
    if (!chunk) return tl::unexpected(chunk.error());
    std::vector<TokenId> passage;
    {
        const std::lock_guard lock(engine_mutex_);
        LECTERN_TRY(ensure_searcher());
        LECTERN_TRY(ensure_session(stop));
        passage = session_->planner().passage_tokens(
            plan_passage(chunk->title, chunk->heading_path, chunk->text));
    }
    return in_background(stop, [&](std::stop_token interrupted) {
        return PassageKv(*session_, *store_).keep(passage, std::move(interrupted));
    });
}

Result<std::int64_t> LocalAssistant::keep_all(std::span<const std::int64_t> chunk_ids,
                                              const std::function<void(std::int64_t)>& on_done,
                                              std::stop_token stop) {
    std::int64_t n_done = 0;
    for (const std::int64_t chunk_id : chunk_ids) {
        if (store_is_full())
            return fail(ErrorCode::kDiskFull, "The budget for passages' caches is used up.",
                        "Raise the budget; the remaining passages are computed when they are first "
                        "needed.");
        LECTERN_TRY(keep_chunk(chunk_id, stop));
        on_done(++n_done);
    }
    return store_->stats().bytes;
}

/// Precomputing must not push out what is there: it ends before the last hundredth of the budget.
bool LocalAssistant::store_is_full() {
    const KvStoreStats stats = store_->stats();
    return stats.bytes > stats.budget_bytes - stats.budget_bytes / 100;
}

IngestParts LocalAssistant::ingest_parts() {
    static const ReaderRegistry kReaders = ReaderRegistry::standard();
    IngestParts parts;
    parts.library = library_.get();
    parts.embedder = embedder_.get();
    parts.searcher = searcher_.get();
    parts.gate = &gate_;
    parts.read = [this](const std::filesystem::path& path, std::stop_token stop) {
        return read_in_child(options_.executable, path, ReadLimits{}, stop);
    };
    parts.knows_extension = [](std::string_view extension) {
        return kReaders.knows_extension(extension);
    };
    parts.precompute_kv = [this](std::span<const std::int64_t> chunk_ids,
                                 const std::function<void(std::int64_t)>& on_done,
                                 std::stop_token stop) {
        return keep_all(chunk_ids, on_done, stop);
    };
    return parts;
}

}  // namespace lectern
