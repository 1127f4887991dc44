// An assistant that says what a test tells it to, at the pace the test sets.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "app/core/assistant.h"
#include "retrieval/document/document_reader.h"
#include "tests/gui/fake_desk.h"

namespace lectern::test {

inline Citation citation(int number, const std::string& title, int page) {
    Citation made;
    made.number = number;
    made.title = title;
    made.path = "/nowhere/" + title;
    made.page = page;
    made.text = "The text of passage " + std::to_string(number) + ".";
    return made;
}

/// Set the public parts before the window asks; the atomics may change at any time.
class FakeAssistant : public Assistant {
  public:
    std::vector<std::string> pieces = {"Checkpoints copy pages.", " They run", " at 1000 pages."};
    std::vector<Citation> citations = {citation(1, "wal.html", 0), citation(2, "manual.pdf", 7)};
    std::vector<Citation> left_out;
    std::vector<PhaseTime> phases;
    double full_read_ms = 0;
    std::string prompt;
    std::string searched_for;
    std::atomic<bool> hold{false};         ///< before the last piece, and before the second file
    std::atomic<bool> index_waits{false};  ///< in its first file, until it is stopped
    std::atomic<bool> fails{false};
    std::atomic<bool> index_fails{false}, precompute_fails{false};
    std::atomic<bool> repair_waits{false}, calibrate_waits{false}, precompute_waits{false},
        prefetch_waits{false};  ///< until they are stopped
    std::atomic<int> n_asked{0}, n_forgotten{0}, n_resumed{0}, n_repaired{0}, n_calibrated{0},
        n_precomputed{0}, n_prefetch_stopped{0}, n_indexed{0};
    FakeDesk page;
    std::atomic<int> first_turn{0}, first_with_passages{0};  ///< in the context
    std::atomic<KvPolicy> indexed_with{KvPolicy::kIdle};

    void set_documents(int n) {
        const std::lock_guard lock(mutex_);
        overview_.folders = {{"/nowhere", false, n, 3 * n}};
        overview_.documents = n;
        overview_.chunks = 3 * n;
    }
    void set_policy(KvPolicy policy) {
        const std::lock_guard lock(mutex_);
        overview_.kv_policy = policy;
    }
    std::vector<std::string> prefetched() {
        const std::lock_guard lock(mutex_);
        return prefetched_;
    }
    void set_model(const ModelState& state) {
        const std::lock_guard lock(mutex_);
        model_state_ = state;
    }
    std::vector<std::filesystem::path> indexed() {
        const std::lock_guard lock(mutex_);
        return indexed_;
    }

    Result<Answer> ask(const std::string& question, const AskOptions& options,
                       const AskEvents& events, std::stop_token stop) override {
        ++n_asked;
        {
            const std::lock_guard lock(mutex_);
            asked_with_ = options;
        }
        events.on_stage(AskStage::kSearching);
        if (fails)
            return fail(ErrorCode::kTooLong, "The question is too long for this model.",
                        "Ask a shorter one.");
        Answer answer;
        if (question == "nothing?") {
            answer.text = "The documents say nothing about this.";
            events.on_text(answer.text);
            return answer;
        }
        answer.citations = citations;
        events.on_passages(citations);
        events.on_stage(AskStage::kAnswering);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (i + 1 == pieces.size()) wait(stop);
            if (stop.stop_requested()) {
                answer.cancelled = true;
                return answer;
            }
            if (i == 1) {
                answer.sentences.push_back({answer.text.size(), {2}});
                events.on_sentence(answer.sentences.back());
            }
            answer.text += pieces[i];
            events.on_text(pieces[i]);
        }
        answer.figures.ttft_ms = 900;
        answer.figures.kv_ram = 1;
        answer.figures.kv_computed = 1;
        answer.figures.reused_tokens = 93;
        answer.figures.recomputed_tokens = 7;
        answer.figures.full_read_ms = full_read_ms;
        answer.figures.phases = phases;
        answer.left_out = left_out;
        answer.searched_for = searched_for;
        answer.prompt = prompt;
        const std::lock_guard lock(mutex_);
        answer.turn = static_cast<int>(conversation_.turns.size());
        answer.first_turn = std::min<int>(first_turn, answer.turn);
        answer.first_with_passages = std::min<int>(first_with_passages, answer.turn);
        conversation_.turns.push_back({question, answer.text, {}, {}});
        return answer;
    }
    void forget_conversation() override {
        const std::lock_guard lock(mutex_);
        conversation_ = {};
        ++n_forgotten;
    }
    void take_back(int n_turns) override {
        const std::lock_guard lock(mutex_);
        conversation_.turns.resize(
            std::min<std::size_t>(conversation_.turns.size(), static_cast<std::size_t>(n_turns)));
    }
    SavedConversation conversation() override {
        const std::lock_guard lock(mutex_);
        return conversation_;
    }
    Status resume(const SavedConversation& saved, std::stop_token) override {
        const std::lock_guard lock(mutex_);
        conversation_ = saved;
        ++n_resumed;
        return {};
    }
    Result<int> repair(std::stop_token stop) override {
        ++n_repaired;
        if (!wait_while(repair_waits, stop)) return fail(ErrorCode::kCancelled, "Stopped.", "");
        return 0;
    }
    Result<bool> calibrate(std::stop_token stop) override {
        ++n_calibrated;
        if (!wait_while(calibrate_waits, stop)) return fail(ErrorCode::kCancelled, "Stopped.", "");
        return true;
    }
    Result<std::int64_t> precompute(std::stop_token stop) override {
        ++n_precomputed;
        if (precompute_fails)
            return fail(ErrorCode::kDiskFull, "The disk is full.", "Free some space.");
        if (!wait_while(precompute_waits, stop)) return fail(ErrorCode::kCancelled, "Stopped.", "");
        return 0;
    }
    Result<int> prefetch(const std::string& half_question, std::stop_token stop) override {
        {
            const std::lock_guard lock(mutex_);
            prefetched_.push_back(half_question);
        }
        if (wait_while(prefetch_waits, stop)) return 0;
        ++n_prefetch_stopped;
        return fail(ErrorCode::kCancelled, "Stopped.", "");
    }
    Result<IngestReport> index(const std::vector<std::filesystem::path>& paths, KvPolicy kv,
                               const IngestEvents& events, std::stop_token stop) override {
        ++n_indexed;
        indexed_with = kv;
        if (index_fails) return fail(ErrorCode::kDiskFull, "The disk is full.", "Free some space.");
        IngestReport report;
        int n_done = 0;
        std::vector<std::filesystem::path> all = std::exchange(unread_, {});
        all.insert(all.end(), paths.begin(), paths.end());
        for (const auto& path : all) {
            events.on_file({path, FileState::kReading, "", 0});
            events.on_progress({n_done, static_cast<int>(all.size()), path, 0, 0, 5, 0, 0});
            wait(stop);
            wait_while(index_waits, stop);
            if (stop.stop_requested()) {
                unread_.assign(all.begin() + n_done, all.end());
                report.cancelled = true;
                return report;
            }
            ++n_done;
            const bool broken = path.filename() == "broken.pdf";
            const FileStatus status{path, broken ? FileState::kFailed : FileState::kReady,
                                    broken ? "broken.pdf is not a PDF." : "", broken ? 0 : 3};
            if (broken) report.failed.push_back(status);
            page.put({.path = path,
                      .state = status.state,
                      .chunks = status.chunks,
                      .reason = status.reason});
            events.on_file(status);
        }
        const std::lock_guard lock(mutex_);
        indexed_.insert(indexed_.end(), all.begin(), all.end());
        overview_.documents += n_done;
        overview_.failed = report.failed;
        return report;
    }
    Status remove(const std::filesystem::path& folder) override {
        return page.take("remove", folder);
    }
    LibraryDesk& desk() override { return page; }
    Result<ParsedDocument> read_document(const std::filesystem::path& path,
                                         std::stop_token) override {
        return ReaderRegistry::standard().read(path);
    }
    Result<LibraryOverview> overview() override {
        const std::lock_guard lock(mutex_);
        return overview_;
    }
    Result<std::vector<std::filesystem::path>> document_paths() override {
        const std::lock_guard lock(mutex_);
        return document_paths_;
    }
    void set_document_paths(std::vector<std::filesystem::path> paths) {
        const std::lock_guard lock(mutex_);
        document_paths_ = std::move(paths);
    }
    ModelState model() override {
        const std::lock_guard lock(mutex_);
        return model_state_;
    }
    void choose(const EngineChoices& choices) override {
        const std::lock_guard lock(mutex_);
        choices_ = choices;
    }
    EngineChoices choices() {
        const std::lock_guard lock(mutex_);
        return choices_;
    }
    Status set_kv_policy(KvPolicy policy) override {
        const std::lock_guard lock(mutex_);
        overview_.kv_policy = policy;
        return {};
    }
    Status set_kv_budget(std::int64_t n_bytes) override {
        const std::lock_guard lock(mutex_);
        overview_.kv_budget_chosen_bytes = n_bytes;
        overview_.kv_budget_bytes = n_bytes > 0 ? n_bytes : kDefaultBudget;
        return {};
    }
    static constexpr std::int64_t kDefaultBudget = 20'000'000'000;
    /// Of the last question.
    AskOptions asked_with() {
        const std::lock_guard lock(mutex_);
        return asked_with_;
    }

  private:
    /// false: it was stopped.
    static bool wait_while(const std::atomic<bool>& held, const std::stop_token& stop) {
        while (held && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return !stop.stop_requested();
    }
    void wait(const std::stop_token& stop) const {
        while (hold && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }

    std::mutex mutex_;
    LibraryOverview overview_;
    ModelState model_state_{"fake model", "/nowhere/model", ""};
    std::vector<std::filesystem::path> indexed_;
    std::vector<std::filesystem::path> unread_;  ///< of a run that was stopped
    std::vector<std::string> prefetched_;
    std::vector<std::filesystem::path> document_paths_;
    SavedConversation conversation_;
    EngineChoices choices_;
    AskOptions asked_with_;
};

}  // namespace lectern::test
