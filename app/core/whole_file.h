// Files that are written whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <span>

#include "engine/base/result.h"

namespace lectern {

/// The file is these parts, one behind the other, or, on an error, what it was: they go to a file
/// beside it first, which takes its name once it is on the disk. One writer at a time. kIo,
/// kDiskFull, kReadOnly.
Status write_whole_file(const std::filesystem::path& path,
                        std::initializer_list<std::span<const std::byte>> parts);

}  // namespace lectern
