// Our terms inside SQLite's full-text index: the tokenizer "lectern", to be wrapped by FTS5's
// porter stemmer.
#pragma once

#include <sqlite3.h>

namespace lectern {

/// Registers the tokenizer with a connection; needed before it touches a table that uses it.
/// Returns an SQLite result code: SQLITE_ERROR where this SQLite has no FTS5.
int register_fts_tokenizer(sqlite3* connection);

}  // namespace lectern
