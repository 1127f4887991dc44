// How fast documents are read on this machine, kept from run to run in the library.
#pragma once

#include <cstdint>
#include <optional>

#include "retrieval/store/library.h"

namespace lectern {

/// Reading, splitting and embedding together; nothing: no run was long enough to tell. Errors as
/// Library's.
Result<std::optional<double>> seconds_per_chunk(const Library& library);

/// A run read this many chunks. Recent runs count more than old ones; too few chunks say nothing.
Status note_reading(Library& library, std::int64_t n_chunks, double seconds);

}  // namespace lectern
