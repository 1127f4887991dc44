// The Assistant on this machine: a library, an embedder, a searcher, a KV store and, once asked, a
// model.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <type_traits>

#include "app/core/answer_flow.h"
#include "app/core/assistant.h"
#include "app/core/ingest_flow.h"
#include "app/core/local_library_desk.h"
#include "app/core/model_session.h"
#include "app/core/profile.h"
#include "app/core/question_gate.h"
#include "engine/kv/kv_store.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/search/searcher.h"
#include "retrieval/store/library.h"

namespace lectern {

struct AssistantOptions {
    std::filesystem::path library;     ///< folder; empty: library/ in data_folder()
    std::string model;                 ///< catalogue name or path; empty: the best one installed
    std::string embedder;              ///< as model
    std::filesystem::path executable;  ///< runs `read-document`; empty: the running one
    /// Hard limit on the KV files; remembered in the library. None: what it remembers; 0: a tenth
    /// of the free disk, at most 20 GB, which is the default.
    std::optional<std::int64_t> kv_budget_bytes = std::nullopt;
    FileSystem* kv_files = nullptr;  ///< as in DiskKvStoreOptions
    std::int64_t kv_ram_bytes = 512LL << 20;
    bool repairs_on_battery = false;  ///< whether repair() and calibrate() do anything there
    SessionOptions session;
};

class LocalAssistant : public Assistant {
  public:
    /// Opens the library; models are loaded when they are first needed. Errors as Library::open,
    /// open_disk_kv_store and, for the library in the data folder, check_data_folder.
    static Result<std::unique_ptr<LocalAssistant>> open(const AssistantOptions& options);

    Result<Answer> ask(const std::string& question, const AskOptions& options,
                       const AskEvents& events, std::stop_token stop) override;
    void forget_conversation() override;
    void take_back(int n_turns) override;
    SavedConversation conversation() override;
    Status resume(const SavedConversation& saved, std::stop_token stop) override;
    Result<int> repair(std::stop_token stop) override;
    Result<bool> calibrate(std::stop_token stop) override;
    Result<std::int64_t> precompute(std::stop_token stop) override;
    Result<int> prefetch(const std::string& half_question, std::stop_token stop) override;
    Result<IngestReport> index(const std::vector<std::filesystem::path>& paths, KvPolicy kv,
                               const IngestEvents& events, std::stop_token stop) override;
    Status remove(const std::filesystem::path& folder) override;
    Result<ParsedDocument> read_document(const std::filesystem::path& path,
                                         std::stop_token stop) override;
    Result<LibraryOverview> overview() override;
    LibraryDesk& desk() override { return *desk_; }
    Result<std::vector<std::filesystem::path>> document_paths() override;
    ModelState model() override;
    void choose(const EngineChoices& choices) override;
    Status set_kv_policy(KvPolicy policy) override;
    Status set_kv_budget(std::int64_t n_bytes) override;

    /// The retriever alone. Any thread.
    Result<std::vector<SearchHit>> search(const std::string& query, int k,
                                          std::span<const std::filesystem::path> scope = {});
    KvStore& kv_store() { return *store_; }

  private:
    explicit LocalAssistant(const AssistantOptions& options);

    Status open_store();
    Result<double> bytes_per_chunk();
    Status ensure_searcher();
    Status resume_flow(const SavedConversation& saved);
    std::unique_ptr<LocalLibraryDesk> make_desk();
    void note_kv(std::int64_t chunk_id, std::span<const TokenId> passage);
    void note_answer(const std::string& question, const Answer& answer);
    void remember_last_question();
    IngestParts ingest_parts();

    // The model in memory (local_assistant_session.cpp).
    EngineChoices choices();
    bool session_is_chosen();
    Status ensure_session(std::stop_token stop);
    void close_session();

    // When nobody asks (local_assistant_idle.cpp).
    Result<bool> ensure_profile(std::stop_token stop);
    /// work(stop), with the engine to itself, as often as it takes until no question stopped it.
    template <class Work>
    auto in_background(std::stop_token stop, Work work)
        -> std::invoke_result_t<Work, std::stop_token>;
    Result<bool> keep_chunk(std::int64_t chunk_id, std::stop_token stop);
    Result<std::int64_t> keep_likely(const std::function<void(std::int64_t)>& on_done,
                                     std::stop_token stop);
    Result<std::vector<std::int64_t>> likely_order() const;
    Result<bool> bring_into_memory(const SearchHit& hit, std::stop_token stop);

    AssistantOptions options_;  ///< as it was opened; what may be chosen later is in choices_
    std::mutex choices_mutex_;  ///< of choices_
    EngineChoices choices_;
    std::unique_ptr<Library> library_;
    std::unique_ptr<KvStore> store_;
    QuestionGate gate_;
    std::unique_ptr<LocalLibraryDesk> desk_;

    std::mutex
        search_mutex_;  ///< making embedder_ and searcher_; both are safe from any thread once made
    std::unique_ptr<Embedder> embedder_;
    std::unique_ptr<Searcher> searcher_;

    std::mutex engine_mutex_;  ///< session_ and flow_: a question, or one passage's KV at a time
    std::unique_ptr<ModelSession> session_;
    std::optional<AnswerFlow> flow_;
    EngineChoices loaded_with_;  ///< what session_ was made for
    /// Of a session that was closed, until the next one has it.
    std::optional<SavedConversation> interrupted_;
    std::shared_mutex loaded_mutex_;  ///< shared: session_ stays, for its constant parts
    std::atomic<const ModelSession*> loaded_{nullptr};  ///< session_
    std::string noted_as_;                              ///< the name of noted_model_
    const ModelSession* noted_model_ = nullptr;         ///< whose KV was noted last
    std::optional<Profile> profile_;  ///< the session's model; nothing: it is not measured

    std::mutex shape_mutex_;  ///< of what follows
    std::filesystem::path shape_of_;
    KvShape shape_;  ///< of the model at shape_of_

    std::mutex background_mutex_;  ///< of what follows
    std::stop_source background_;  ///< stops the work under way when a question comes
    std::stop_source prefetch_;    ///< stops the prefetch under way when a question comes
    std::string last_question_;    ///< of the conversation
};

}  // namespace lectern
