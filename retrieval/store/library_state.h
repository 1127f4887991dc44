// What a Library holds; private to the store.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

#include "retrieval/store/connection.h"
#include "retrieval/store/library.h"
#include "retrieval/store/writer_lease.h"

namespace lectern {

struct Library::State {
    std::filesystem::path folder;
    LibraryOptions options;
    bool read_only = false;
    std::atomic<bool> writing{false};  ///< a LibraryWriter of this object lives
    std::mutex mutex;                  ///< of the reading connection
    std::unique_ptr<SQLite::Database> db;

    /// Runs a query on the reading connection, one thread at a time.
    template <class Query>
    std::invoke_result_t<Query, SQLite::Database&> read(Query query) {
        const std::lock_guard lock(mutex);
        return guarded(folder, [&] { return query(*db); });
    }
};

}  // namespace lectern
