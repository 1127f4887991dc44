// What the window and the command line ask for: one interface over the two flows, so that both show
// the same things.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/engine_choices.h"
#include "app/core/fidelity_choice.h"
#include "app/core/saved_conversation.h"
#include "engine/base/result.h"
#include "engine/fusion/fusion_settings.h"
#include "retrieval/document/document.h"
#include "retrieval/store/records.h"

namespace lectern {

enum class AnswerMode : std::uint8_t { kFused, kFull };

struct AskOptions {
    /// Chooses mode and fusion by what was measured of the model; nothing: they are as they stand.
    std::optional<Fidelity> fidelity = Fidelity::kBalanced;
    AnswerMode mode = AnswerMode::kFused;
    FusionSettings fusion;
    int top_k = 6;  ///< passages
    int max_tokens = 512;
    std::uint64_t seed = 0;
    float temperature = 0.0f;
    /// Folders and documents that the search keeps to, absolute; none: the whole library.
    std::vector<std::filesystem::path> scope{};
    bool rewrite = true;  ///< a question that leans on earlier ones is searched for in other words
    bool look_up = true;  ///< draft from the prompt while decoding; changes no answer
};

/// How the search came to a passage.
struct PassageRanks {
    int dense = 0;             ///< from 1; 0: not among the dense candidates
    int lexical = 0;           ///< from 1; 0: not among the lexical candidates
    double dense_score = 0;    ///< cosine of its best window
    double lexical_score = 0;  ///< minus SQLite's bm25
};

/// What became of a token of a passage when an answer was read.
enum class TokenState : std::uint8_t {
    kReused,     ///< as it was stored
    kCorrected,  ///< as it was stored, and moved towards what recomputed ones became
    kRecomputed  ///< computed for this conversation
};

/// n tokens one behind the other that fared alike.
struct TokenRun {
    TokenState state = TokenState::kReused;
    int n = 0;
    bool operator==(const TokenRun&) const = default;
};

/// A passage given to the model. `number` is what the answer's markers refer to, from 1.
struct Citation {
    int number = 0;
    std::int64_t chunk_id = 0;
    std::filesystem::path path;
    std::string title;  ///< the document's, or the file name
    std::string heading_path;
    int page = 0;  ///< 0: the format has no pages
    std::string text;
    double score = 0;
    std::vector<SourceSpan> sources;
    bool from_earlier = false;  ///< an earlier turn brought it; this one's search did not find it
    FileStamp stamp{};          ///< of the document's version that was read; {}: not known
    PassageRanks ranks{};       ///< of the turn's search
    std::vector<TokenRun> tokens{};  ///< its heading's and its text's, once it was read
};

/// How many of the citations the turn's search found.
inline int n_of_turn(const std::vector<Citation>& citations) {
    int n = 0;
    for (const Citation& citation : citations) n += citation.from_earlier ? 0 : 1;
    return n;
}

/// A part of a time, under its name in figures and tables.
struct PhaseTime {
    std::string name;
    double ms = 0;
};

/// Figures of one answer; times in milliseconds.
struct AnswerFigures {
    AnswerMode mode = AnswerMode::kFused;
    std::string fidelity;  ///< one line: how the reading was chosen; empty: it was given
    double ttft_ms = 0;    ///< question received → first text byte, model load apart
    /// What ttft_ms would have come to with every row of the turn computed, at the pace of those
    /// that were; 0: not known.
    double full_read_ms = 0;
    double retrieve_ms = 0, load_ms = 0, fuse_ms = 0, model_load_ms = 0;
    /// ttft_ms in the order things happen; "rest" is what no phase was counted for. Empty: there
    /// was no first text.
    std::vector<PhaseTime> phases;
    int prompt_tokens = 0;                         ///< in the context, earlier turns included
    int kept_tokens = 0;                           ///< of these, what earlier turns had left there
    int reused_tokens = 0, recomputed_tokens = 0;  ///< of the passages that were read
    /// The turn's passages by where their KV came from; kept: an earlier turn had left them in the
    /// context.
    int kv_ram = 0, kv_disk = 0, kv_computed = 0, kv_kept = 0;
    double charged_ratio = 0;
    double decode_tokens_per_s = 0;
    int answer_tokens = 0;
    int drafted_tokens = 0, accepted_tokens = 0;  ///< by look-up in the prompt
};

/// Bytes [begin, end) of a citation's text; none: no sentence of it stands out.
struct CitedText {
    std::size_t begin = 0, end = 0;
    bool operator==(const CitedText&) const = default;
};

/// A sentence of an answer and the passages it rests on.
struct CitedSentence {
    std::size_t end = 0;       ///< byte offset in the answer's text, white space behind it excluded
    std::vector<int> numbers;  ///< of citations, best first; empty: rests on none of them
    std::vector<CitedText> sentences{};  ///< of each number's citation: the one it rests on most
};

struct Answer {
    std::string text;
    std::vector<Citation> citations;  ///< every passage that the model saw, the turn's best first
    std::vector<CitedSentence> sentences;
    AnswerFigures figures;
    bool cancelled = false;
    /// Its place among the conversation's turns, from 0; −1: it is none of them.
    int turn = -1;
    int first_turn = 0;                ///< the first turn that the model still had in its context
    int first_with_passages = 0;       ///< the first one with the passages that it brought along
    std::string searched_for{};        ///< in the place of a question that leaned on earlier ones
    std::vector<Citation> left_out{};  ///< the next best passages that the model did not see
    std::string prompt{};  ///< all that the model read, control tokens by their written form
};

enum class AskStage : std::uint8_t { kLoadingModel, kSearching, kReading, kAnswering };

/// Called on the thread that runs ask().
struct AskEvents {
    std::function<void(AskStage)> on_stage;
    std::function<void(const std::vector<Citation>&)> on_passages;
    /// A sentence is complete (its end is final); comes before the on_text that follows it.
    std::function<void(const CitedSentence&)> on_sentence;
    std::function<void(std::string_view)> on_text;  ///< valid UTF-8, appended to the answer
};

enum class FileState : std::uint8_t { kWaiting, kReading, kReady, kFailed, kOffline };

struct FileStatus {
    std::filesystem::path path;
    FileState state = FileState::kWaiting;
    std::string reason;  ///< for kFailed: a sentence
    int chunks = 0;
};

struct IngestProgress {
    int files_done = 0;
    int files_total = 0;
    std::filesystem::path current;  ///< the file being read
    std::int64_t chunks_done = 0;
    double seconds = 0;
    double seconds_left = -1;          ///< −1: not known yet
    double kv_done = 0, kv_total = 0;  ///< chunks whose KV is computed (kv = all)
    /// Bytes of KV when all chunks, those of unread files included, have it. From the first call
    /// on, before anything is read, and better with each file. 0: not known (no model).
    double kv_bytes_expected = 0;
};

struct IngestReport {
    std::int64_t documents = 0, chunks = 0, tokens = 0,
                 kv_bytes = 0;  ///< in the library, after this run
    std::int64_t added = 0, changed = 0, renamed = 0, removed = 0;  ///< documents, by this run
    double kv_bytes_expected = 0;  ///< when all chunks have KV; 0: not known
    std::int64_t kv_left = 0;      ///< chunks whose KV the budget has no room for (kv = all)
    double seconds = 0;
    std::vector<FileStatus> failed;
    bool cancelled = false;
};

struct IngestEvents {
    std::function<void(const IngestProgress&)> on_progress;
    std::function<void(const FileStatus&)> on_file;  ///< a file changed its state
};

/// When chunks' KV is computed. Whatever the policy, the first use computes what is missing.
enum class KvPolicy : std::uint8_t {
    kAll,   ///< when they are indexed
    kIdle,  ///< in the background, while nothing else goes on
    kLazy   ///< on first use alone
};

struct FolderOverview {
    std::filesystem::path path;
    bool offline = false;
    std::int64_t documents = 0, chunks = 0;
};

struct LibraryOverview {
    std::vector<FolderOverview> folders;  ///< folders and single files, as they were added
    std::int64_t documents = 0, chunks = 0;
    std::vector<FileStatus> failed;
    std::int64_t kv_bytes = 0, kv_budget_bytes = 0;
    std::int64_t kv_budget_chosen_bytes = 0;  ///< 0: the default is used
    double kv_bytes_expected = 0;             ///< when all chunks have KV; 0: not known (no model)
    KvPolicy kv_policy = KvPolicy::kIdle;     ///< what was chosen for this library
    bool read_only = false;                   ///< another process holds the library's writer lease
};

struct ModelState {
    std::string name;  ///< empty: no model is installed
    std::filesystem::path path;
    std::string problem;  ///< why there is none, with the way out
};

class LibraryDesk;

/// ask(), repair(), calibrate(), precompute() and what concerns the conversation belong to one
/// thread, index() to another and prefetch() to a third, at the same time; they block. A question's
/// embedding never waits behind indexing. Everything else returns at once and may be called from
/// any thread.
class Assistant {
  public:
    virtual ~Assistant() = default;
    /// Goes on with the conversation. kInvalidArgument for an empty question, kTooLong for one
    /// beyond the context; no hits is an answer with no citations that says so. Cancelling returns
    /// what was decoded, cancelled = true.
    virtual Result<Answer> ask(const std::string& question, const AskOptions& options,
                               const AskEvents& events, std::stop_token stop) = 0;
    /// The next question begins a new conversation.
    virtual void forget_conversation() = 0;
    /// The conversation's first n turns stay (Answer::turn); it goes on as if the others had never
    /// been.
    virtual void take_back(int n_turns) = 0;
    /// The conversation so far, to go on with in another run of the program.
    virtual SavedConversation conversation() = 0;
    /// Goes on with a conversation. Passages that the library no longer has are left out; another
    /// model than the one that answered reads the answers as text. Errors of loading the model; the
    /// conversation is the one before then.
    virtual Status resume(const SavedConversation& saved, std::stop_token stop) = 0;
    /// Makes what the conversation's context holds exact, so that the next turn starts from a full
    /// read; changes no answer that was given. Gives way to a question. Returns how many tokens
    /// were not exact; kCancelled keeps what was done.
    virtual Result<int> repair(std::stop_token stop) = 0;
    /// Measures the answering model on built-in text, unless there is a profile of it: from then on
    /// AskOptions::fidelity means what was measured. Gives way to a question. true: it was
    /// measured; kCancelled keeps what was done.
    virtual Result<bool> calibrate(std::stop_token stop) = 0;
    /// Computes the KV of passages that have none yet, the likeliest to be asked for first, until
    /// all have it or the budget is used up. Gives way to questions. Returns how many it computed;
    /// a stop ends it within a layer (kCancelled), what was computed is kept.
    virtual Result<std::int64_t> precompute(std::stop_token stop) = 0;
    /// Brings the stored KV of the passages that a half-typed question finds from disk into memory;
    /// computes nothing and loads no model. Waits while a question is answered, and gives way to
    /// the next one. Returns how many are in memory. kCancelled; other errors will meet the
    /// question itself.
    virtual Result<int> prefetch(const std::string& half_question, std::stop_token stop) = 0;

    /// Adds paths (none: only brings what is there up to date) and returns when all is indexed;
    /// with kAll, when KV is computed, too, as far as the budget goes.
    virtual Result<IngestReport> index(const std::vector<std::filesystem::path>& paths, KvPolicy kv,
                                       const IngestEvents& events, std::stop_token stop) = 0;
    virtual Status remove(const std::filesystem::path& folder) = 0;
    /// A document as indexing would read it now. kNotFound, kUnsupported, kCorrupt, kTooLong, kIo
    /// say in a sentence why it gives nothing. Blocks; any thread.
    virtual Result<ParsedDocument> read_document(const std::filesystem::path& path,
                                                 std::stop_token stop) = 0;
    virtual Result<LibraryOverview> overview() = 0;
    /// The library's own page (library_desk.h); lives as long as the assistant.
    virtual LibraryDesk& desk() = 0;
    /// What a question can be narrowed to: the paths of all documents that are indexed.
    virtual Result<std::vector<std::filesystem::path>> document_paths() = 0;
    virtual ModelState model() = 0;

    /// Holds from the next question on, which loads the model anew where it has to and goes on with
    /// the conversation. Other work under way may end first.
    virtual void choose(const EngineChoices& choices) = 0;
    /// For this library; overview() tells it. Errors as Library::set_setting.
    virtual Status set_kv_policy(KvPolicy policy) = 0;
    /// As set_kv_policy; 0: the default. What is beyond it is dropped before this returns, which
    /// may wait for the disk. Also errors as KvStore::set_budget.
    virtual Status set_kv_budget(std::int64_t n_bytes) = 0;
};

}  // namespace lectern
