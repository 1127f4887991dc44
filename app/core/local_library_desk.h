// The library's page over the library and the KV store of this machine.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "app/core/library_desk.h"
#include "engine/kv/kv_store.h"
#include "retrieval/store/library.h"
#include "retrieval/watch/folder_watcher.h"

namespace lectern {

/// What the desk stands on. All must outlive it.
struct DeskParts {
    Library* library = nullptr;
    KvStore* store = nullptr;
    std::function<bool(std::string_view extension)> knows_extension;
    std::function<Result<double>()> kv_bytes_per_chunk;  ///< 0: not known
    std::function<Result<std::int64_t>()> take_back;
};

class LocalLibraryDesk : public LibraryDesk {
  public:
    explicit LocalLibraryDesk(DeskParts parts) : parts_(std::move(parts)) {}

    Result<DocumentList> documents(const DocumentQuery& query) override;
    Result<LibraryUse> use() override;
    Result<RemovalUse> removal_of(const std::filesystem::path& folder) override;
    Status pause(const std::filesystem::path& folder, bool paused) override;
    Status put_first(const std::filesystem::path& folder) override;
    Status leave_out(const std::filesystem::path& file) override;
    Status try_again(const std::filesystem::path& file) override;
    Result<std::int64_t> take_back() override;
    Result<DropPreview> preview(const std::vector<std::filesystem::path>& paths,
                                std::stop_token stop) override;
    Status watch(std::function<void()> changed) override;

  private:
    Status count_kv(LibraryUse& use, const std::vector<FolderRecord>& folders);

    DeskParts parts_;
    std::mutex watch_mutex_;  ///< of watcher_
    std::unique_ptr<FolderWatcher> watcher_;
};

}  // namespace lectern
