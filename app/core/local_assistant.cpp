#include "app/core/local_assistant.h"

#include <spdlog/spdlog.h>

#include "app/core/catalogue.h"
#include "app/core/data_place.h"
#include "app/core/file_scan.h"
#include "app/core/kv_estimate.h"
#include "app/core/kv_settings.h"
#include "app/core/library_overview.h"
#include "app/core/paths.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/embedding/encoder_embedder.h"

namespace lectern {
namespace {

/// Settles mode and fusion where a fidelity is to choose them. Returns how that was done.
std::string settle(AskOptions& options, const std::optional<Profile>& profile) {
    if (!options.fidelity) return {};
    FidelityChoice choice = choose(*options.fidelity, profile ? &*profile : nullptr);
    options.mode = choice.fusion ? AnswerMode::kFused : AnswerMode::kFull;
    if (choice.fusion) options.fusion = *choice.fusion;
    return choice.reason;
}

}  // namespace

LocalAssistant::LocalAssistant(const AssistantOptions& options)
    : options_(options),
      choices_{options.model, options.session.context, options.session.backend.n_threads,
               options.session.kv_format, options.repairs_on_battery} {}

Result<std::unique_ptr<LocalAssistant>> LocalAssistant::open(const AssistantOptions& options) {
    std::unique_ptr<LocalAssistant> assistant(new LocalAssistant(options));
    AssistantOptions& o = assistant->options_;
    if (o.library.empty()) {
        LECTERN_TRY(check_data_folder());
        o.library = data_folder() / "library";
    }
    if (o.executable.empty()) o.executable = executable_path();
    LECTERN_ASSIGN(assistant->library_, Library::open(o.library));
    LECTERN_TRY(assistant->open_store());
    assistant->desk_ = assistant->make_desk();
    return assistant;
}

Status LocalAssistant::open_store() {
    const AssistantOptions& o = options_;
    if (o.kv_budget_bytes) LECTERN_TRY(lectern::set_kv_budget(*library_, *o.kv_budget_bytes));
    DiskKvStoreOptions disk_options;
    disk_options.folder = o.library / "kv";
    disk_options.files = o.kv_files;
    LECTERN_ASSIGN(disk_options.budget_bytes, kv_budget_setting(*library_));
    LECTERN_ASSIGN(std::unique_ptr<KvStore> disk, open_disk_kv_store(disk_options));
    store_ = make_tiered_kv_store(make_ram_kv_store(o.kv_ram_bytes), std::move(disk));
    return {};
}

Result<Answer> LocalAssistant::ask(const std::string& question, const AskOptions& options,
                                   const AskEvents& events, std::stop_token stop) {
    const Stopwatch since_question;
    const QuestionGate::Hold hold(gate_);
    {
        const std::lock_guard lock(background_mutex_);
        background_.request_stop();
        prefetch_.request_stop();
    }
    const std::lock_guard lock(engine_mutex_);
    LECTERN_ASSIGN(const LibraryCounts counts, library_->counts());
    if (counts.chunks == 0)
        return fail(ErrorCode::kNotFound,
                    "There is nothing to ask about yet: the library is empty.",
                    "Add a folder of documents first.");
    const Stopwatch loading;
    if (!session_is_chosen() && events.on_stage) events.on_stage(AskStage::kLoadingModel);
    LECTERN_TRY(ensure_searcher());
    LECTERN_TRY(ensure_session(stop));
    AskOptions settled = options;
    std::string fidelity = settle(settled, profile_);
    LECTERN_ASSIGN(Answer answer,
                   flow_->ask(question, settled, events, since_question, loading.ms(), stop));
    answer.figures.fidelity = std::move(fidelity);
    if (answer.text.empty() || answer.citations.empty()) return answer;
    note_answer(question, answer);
    remember_last_question();
    return answer;
}

/// What is not noted costs only the order of precomputing.
void LocalAssistant::note_answer(const std::string& question, const Answer& answer) {
    if (library_->read_only()) return;
    std::vector<std::int64_t> chunk_ids;
    for (const Citation& citation : answer.citations) chunk_ids.push_back(citation.chunk_id);
    if (const Status noted = library_->note_answer(question, chunk_ids); !noted)
        spdlog::warn("The passages of this answer were not noted: {}", noted.error().text());
    const auto chunks = library_->chunks(chunk_ids);
    if (!chunks) return spdlog::warn("{}", chunks.error().text());
    for (const ChunkRecord& chunk : *chunks)
        note_kv(chunk.id, session_->planner().passage_tokens(
                              plan_passage(chunk.title, chunk.heading_path, chunk.text)));
}

void LocalAssistant::forget_conversation() {
    const std::lock_guard lock(engine_mutex_);
    interrupted_.reset();
    if (flow_) flow_->forget_conversation();
    remember_last_question();
}

void LocalAssistant::take_back(int n_turns) {
    const std::lock_guard lock(engine_mutex_);
    if (flow_) flow_->take_back(n_turns);
    remember_last_question();
}

SavedConversation LocalAssistant::conversation() {
    const std::lock_guard lock(engine_mutex_);
    if (flow_) return flow_->conversation().saved();
    return interrupted_.value_or(SavedConversation{});
}

Status LocalAssistant::resume(const SavedConversation& saved, std::stop_token stop) {
    const std::lock_guard lock(engine_mutex_);
    LECTERN_TRY(ensure_searcher());
    LECTERN_TRY(ensure_session(std::move(stop)));
    LECTERN_TRY(resume_flow(saved));
    remember_last_question();
    return {};
}

/// Pre: engine_mutex_ is held and the session is there.
Status LocalAssistant::resume_flow(const SavedConversation& saved) {
    return flow_->resume(saved, [this](std::int64_t chunk_id) -> Result<ConversationPassage> {
        LECTERN_ASSIGN(const ChunkRecord chunk, library_->chunk(chunk_id));
        const PlanPassage passage = plan_passage(chunk.title, chunk.heading_path, chunk.text);
        return ConversationPassage{citation_of(chunk), session_->planner().passage_tokens(passage)};
    });
}

/// Pre: engine_mutex_ is held.
void LocalAssistant::remember_last_question() {
    std::span<const ConversationTurn> turns;
    if (flow_) turns = flow_->conversation().turns();
    const std::lock_guard lock(background_mutex_);
    last_question_ = turns.empty() ? std::string() : turns.back().question;
}

Result<IngestReport> LocalAssistant::index(const std::vector<std::filesystem::path>& paths,
                                           KvPolicy kv, const IngestEvents& events,
                                           std::stop_token stop) {
    LECTERN_TRY(ensure_searcher());
    IngestParts parts = ingest_parts();
    LECTERN_ASSIGN(parts.kv_bytes_per_chunk, bytes_per_chunk());
    LECTERN_ASSIGN(IngestReport report, IngestFlow(parts).run(paths, kv, events, stop));
    report.kv_bytes = store_->stats().bytes;
    LECTERN_ASSIGN(const double per_chunk, bytes_per_chunk());  // its tokens are counted now
    report.kv_bytes_expected = per_chunk * static_cast<double>(report.chunks);
    return report;
}

Status LocalAssistant::remove(const std::filesystem::path& folder) {
    LECTERN_ASSIGN(const FolderRemoval removal, library_->removal_of(tidy_path(folder)));
    LECTERN_TRY(IngestFlow(ingest_parts()).remove(folder));
    std::vector<KvKey> keys;
    for (const Hash128& key : removal.kv) keys.push_back({key});
    return store_->drop(keys);
}

Result<ParsedDocument> LocalAssistant::read_document(const std::filesystem::path& path,
                                                     std::stop_token stop) {
    return read_in_child(options_.executable, path, ReadLimits{}, std::move(stop));
}

Result<LibraryOverview> LocalAssistant::overview() {
    LECTERN_ASSIGN(LibraryOverview overview, library_overview(*library_));
    const KvStoreStats stats = store_->stats();
    overview.kv_bytes = stats.bytes;
    overview.kv_budget_bytes = stats.budget_bytes;
    LECTERN_ASSIGN(const double per_chunk, bytes_per_chunk());
    overview.kv_bytes_expected = per_chunk * static_cast<double>(overview.chunks);
    LECTERN_ASSIGN(const std::optional<std::int64_t> chosen, kv_budget_setting(*library_));
    overview.kv_budget_chosen_bytes = chosen.value_or(0);
    LECTERN_ASSIGN(overview.kv_policy, kv_policy_setting(*library_));
    return overview;
}

ModelState LocalAssistant::model() {
    const Result<std::filesystem::path> path = find_model(choices().model, ModelRole::kAnswering);
    if (!path) return {.name = "", .path = {}, .problem = path.error().text()};
    for (const CatalogueModel& known : catalogue())
        if (known.location == *path) return {.name = known.title, .path = *path, .problem = ""};
    return {.name = path->stem().string(), .path = *path, .problem = ""};
}

Result<std::vector<SearchHit>> LocalAssistant::search(
    const std::string& query, int k, std::span<const std::filesystem::path> scope) {
    LECTERN_TRY(ensure_searcher());
    return searcher_->search_within(scope, query, k);
}

Result<std::vector<std::filesystem::path>> LocalAssistant::document_paths() {
    LECTERN_ASSIGN(const std::vector<DocumentRecord> documents, library_->documents());
    std::vector<std::filesystem::path> paths;
    for (const DocumentRecord& document : documents)
        if (document.indexed) paths.push_back(document.path);
    return paths;
}

Status LocalAssistant::ensure_searcher() {
    const std::lock_guard lock(search_mutex_);
    if (searcher_) return {};
    LECTERN_ASSIGN(const std::filesystem::path folder,
                   find_model(options_.embedder, ModelRole::kEmbedder));
    LECTERN_ASSIGN(embedder_, load_encoder_embedder(folder, {.n_threads = choices().n_threads}));
    searcher_ = std::make_unique<Searcher>(*library_, embedder_.get());
    return searcher_->refresh();
}

/// 0 where there is no model or it cannot be read: questions will say why. Reads its file once.
Result<double> LocalAssistant::bytes_per_chunk() {
    const EngineChoices chosen = choices();
    const Result<std::filesystem::path> path = find_model(chosen.model, ModelRole::kAnswering);
    if (!path) return 0.0;
    LECTERN_ASSIGN(const LibraryCounts counts, library_->counts());
    const std::lock_guard lock(shape_mutex_);
    if (shape_of_ != *path) {
        const Result<KvShape> shape = kv_shape_of(*path);
        if (!shape) return 0.0;
        shape_ = *shape;
        shape_of_ = *path;
    }
    return kv_bytes_per_chunk(shape_, chosen.kv_format, counts);
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
    parts.precompute_kv = [this](const std::function<void(std::int64_t)>& on_done,
                                 std::stop_token stop) -> Result<std::int64_t> {
        LECTERN_TRY(keep_likely(on_done, stop));
        return store_->stats().bytes;
    };
    return parts;
}

}  // namespace lectern
