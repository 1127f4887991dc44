// One SQLite connection to a library's two files, set up the same way everywhere; what SQLite
// throws ends here.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <type_traits>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "retrieval/store/library.h"
#include "retrieval/store/sqlite_exceptions.h"

namespace lectern {

std::filesystem::path library_file(const std::filesystem::path& folder);
std::filesystem::path embeddings_file(const std::filesystem::path& folder);
std::filesystem::path writer_lock_file(const std::filesystem::path& folder);

/// SQLite's code as ours, with a sentence that names the library and the way out.
Error sqlite_error(const SQLite::Exception& exception, const std::filesystem::path& folder);

/// Runs `call`, which returns a Result; an exception of SQLite becomes its error.
template <class Call>
std::invoke_result_t<Call> guarded(const std::filesystem::path& folder, Call call) {
    return without_exceptions(
        call, [&](const SQLite::Exception& thrown) { return sqlite_error(thrown, folder); });
}

/// Opens library.sqlite with embeddings.sqlite attached as `emb`. Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& folder, bool read_only,
                                          const LibraryOptions& options);

void bind_hash(SQLite::Statement& statement, int index, const Hash128& hash);
/// All zero where the column holds no hash.
Hash128 column_hash(const SQLite::Column& column);

}  // namespace lectern
