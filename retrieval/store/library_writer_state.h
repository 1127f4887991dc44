// What a LibraryWriter holds; private to the store.
#pragma once

#include <memory>

#include "retrieval/store/library_state.h"
#include "retrieval/store/library_writer.h"

namespace lectern {

struct LibraryWriter::State {
    Library::State& library;
    WriterLease lease;
    std::unique_ptr<SQLite::Database> db;

    /// Runs `change` in one transaction; rolled back unless it succeeds.
    template <class Change>
    std::invoke_result_t<Change, SQLite::Database&> write(Change change) {
        return guarded(library.folder, [&] {
            SQLite::Transaction transaction(*db, SQLite::TransactionBehavior::IMMEDIATE);
            auto result = change(*db);
            if (result) transaction.commit();
            return result;
        });
    }
};

}  // namespace lectern
