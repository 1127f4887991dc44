// The library's tables, by version.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

#include "engine/base/result.h"

namespace lectern {

/// Brings both files to this version's schema, each step in one transaction; makes sure that the
/// embeddings are those of this very library and begins them anew where they are not. Throws
/// SQLite::Exception. kUnsupported: made by a newer version. kCorrupt: another application's file.
Status migrate(SQLite::Database& db, const std::filesystem::path& folder);

/// For a library that cannot be written: kUnsupported unless its version is this one.
Status check_version(SQLite::Database& db, const std::filesystem::path& folder);

}  // namespace lectern
