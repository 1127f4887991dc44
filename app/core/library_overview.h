// What the library view shows: folders, counts and the files that need attention.
#pragma once

#include "app/core/assistant.h"
#include "retrieval/store/library.h"

namespace lectern {

/// Folders, documents, chunks, failed and read_only; the KV figures are left to whoever knows the
/// KV store. Errors as Library's.
Result<LibraryOverview> library_overview(const Library& library);

}  // namespace lectern
