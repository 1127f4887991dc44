// The dense index's file: a cache of the library's vectors, believed only where it is whole and
// fits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "engine/base/hash.h"
#include "retrieval/index/dense_index.h"
#include "retrieval/store/library.h"

namespace lectern {

std::filesystem::path dense_cache_file(const std::filesystem::path& library_folder);

/// An index that holds all vectors with rows up to generation.last_row.
struct CachedDenseIndex {
    DenseIndex index;
    VectorGeneration generation;
};

/// Nothing where the file is missing, torn, garbled, of another embedder or epoch, or where vectors
/// were removed since.
std::optional<CachedDenseIndex> read_dense_cache(const std::filesystem::path& library_folder,
                                                 const Hash128& embedder, int dimensions,
                                                 const VectorGeneration& now);

/// Writes to a temporary name, syncs, renames: a reader sees the old file or the new one. Errors:
/// kIo, kDiskFull, kOutOfMemory.
Status write_dense_cache(const std::filesystem::path& library_folder, const Hash128& embedder,
                         const DenseIndex& index, const VectorGeneration& generation);

}  // namespace lectern
