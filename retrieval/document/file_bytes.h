// A file's bytes for the readers, with the reason in plain words where there are none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace lectern {

/// The file's name in quotes, as messages show it: valid UTF-8 whatever its bytes.
std::string shown_name(const std::filesystem::path& path);

/// kNotFound, kIo (unreadable), kUnsupported (a folder, a pipe, a device, an empty file) or
/// kTooLong. Never waits on a pipe.
Result<std::int64_t> regular_file_size(const std::filesystem::path& path, std::int64_t max_bytes);

/// The whole file; the errors of regular_file_size().
Result<std::string> read_file_bytes(const std::filesystem::path& path,
                                    std::int64_t max_bytes = 2LL << 30);

/// Up to n_bytes from its start; the errors of regular_file_size() but kTooLong.
Result<std::string> read_file_head(const std::filesystem::path& path, std::int64_t n_bytes);

}  // namespace lectern
