// The SQLite file that chats are kept in: opening, its tables by version, what SQLite throws.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <type_traits>

#include "engine/base/result.h"
#include "retrieval/store/sqlite_exceptions.h"

namespace lectern {

/// SQLite's code as ours, with a sentence that names the file and the way out.
Error chat_error(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Runs `call`, which returns a Result; an exception of SQLite becomes its error.
template <class Call>
std::invoke_result_t<Call> guarded_chats(const std::filesystem::path& file, Call call) {
    return without_exceptions(
        call, [&](const SQLite::Exception& thrown) { return chat_error(thrown, file); });
}

/// Opens the file, creating it and its folder where there are none, and brings an older one up to
/// date; an empty path: in memory. Looks before it writes: a damaged file, another application's or
/// a newer version's is left as it is. Errors as ChatStore::open.
Result<std::unique_ptr<SQLite::Database>> open_chat_database(const std::filesystem::path& file,
                                                             int busy_timeout_ms);

}  // namespace lectern
