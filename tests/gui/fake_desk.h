// A library's page whose contents a test makes up.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>

#include "app/core/library_desk.h"

namespace lectern::test {

/// Any thread. What is decided is noted as "verb path".
class FakeDesk : public LibraryDesk {
  public:
    std::atomic<bool> preview_waits{false};  ///< until it is stopped
    std::atomic<bool> rate_known{true};

    /// Adds the document or changes its state.
    void put(const LibraryDocument& document) {
        const std::lock_guard lock(mutex_);
        const auto at = std::lower_bound(
            documents_.begin(), documents_.end(), document,
            [](const auto& a, const auto& b) { return a.path.native() < b.path.native(); });
        if (at != documents_.end() && at->path == document.path)
            *at = document;
        else
            documents_.insert(at, document);
    }
    void set_use(const LibraryUse& use) {
        const std::lock_guard lock(mutex_);
        use_ = use;
    }
    std::vector<std::string> decided() {
        const std::lock_guard lock(mutex_);
        return decided_;
    }
    /// As if files had changed.
    void change() {
        const std::lock_guard lock(mutex_);
        if (changed_) changed_();
    }
    bool watched() {
        const std::lock_guard lock(mutex_);
        return changed_ != nullptr;
    }

    Result<DocumentList> documents(const DocumentQuery& query) override {
        const std::lock_guard lock(mutex_);
        DocumentList list;
        for (const LibraryDocument& document : documents_) {
            const bool wanted = document.path.native() > query.after.native() &&
                                document.path.string().find(query.filter) != std::string::npos &&
                                (!query.failed_only || document.state == FileState::kFailed);
            if (!wanted) continue;
            list.more = static_cast<int>(list.documents.size()) == query.limit;
            if (list.more) break;
            list.documents.push_back(document);
        }
        return list;
    }
    Result<LibraryUse> use() override {
        const std::lock_guard lock(mutex_);
        LibraryUse use = use_;
        use.documents = {};
        for (const LibraryDocument& document : documents_) {
            ++use.documents.all;
            use.documents.waiting += document.state == FileState::kWaiting ? 1 : 0;
            use.documents.failed += document.state == FileState::kFailed ? 1 : 0;
        }
        return use;
    }
    Result<RemovalUse> removal_of(const std::filesystem::path&) override {
        return RemovalUse{12, 1'500'000, 300'000, 40'000'000};
    }
    Status pause(const std::filesystem::path& folder, bool paused) override {
        const std::lock_guard lock(mutex_);
        for (FolderUse& use : use_.folders)
            if (use.path == folder) use.paused = paused;
        return note(paused ? "pause" : "go on", folder);
    }
    Status put_first(const std::filesystem::path& folder) override {
        const std::lock_guard lock(mutex_);
        return note("first", folder);
    }
    Status leave_out(const std::filesystem::path& file) override {
        const std::lock_guard lock(mutex_);
        std::erase_if(documents_, [&](const auto& document) { return document.path == file; });
        return note("leave out", file);
    }
    Status try_again(const std::filesystem::path& file) override {
        const std::lock_guard lock(mutex_);
        return note("again", file);
    }
    Result<std::int64_t> take_back() override {
        const std::lock_guard lock(mutex_);
        LECTERN_TRY(note("take back", ""));
        return 0;
    }
    Result<DropPreview> preview(const std::vector<std::filesystem::path>& paths,
                                std::stop_token stop) override {
        while (preview_waits && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Stopped.");
        DropPreview preview;
        preview.documents = static_cast<int>(paths.size());
        preview.bytes = 2'400'000 * preview.documents;
        preview.kinds = {{"pdf", preview.documents}};
        preview.unknown_kinds = {{"png", 3}};
        preview.empty = 1;
        preview.seconds = rate_known ? 240 : -1;
        preview.kv_bytes = 4e7;
        preview.kv_used_bytes = 100'000'000;
        preview.kv_budget_bytes = 20'000'000'000;
        return preview;
    }
    Status watch(std::function<void()> changed) override {
        const std::lock_guard lock(mutex_);
        changed_ = std::move(changed);
        return {};
    }

    /// For whoever has the desk.
    Status take(const std::string& verb, const std::filesystem::path& path) {
        const std::lock_guard lock(mutex_);
        return note(verb, path);
    }

  private:
    /// Pre: mutex_ is held.
    Status note(const std::string& verb, const std::filesystem::path& path) {
        decided_.push_back(path.empty() ? verb : verb + " " + path.string());
        return {};
    }

    std::mutex mutex_;
    std::vector<LibraryDocument> documents_;  ///< by path
    LibraryUse use_;
    std::vector<std::string> decided_;
    std::function<void()> changed_;
};

}  // namespace lectern::test
