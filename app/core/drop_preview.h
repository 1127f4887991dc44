// What adding folders and files would bring: how many documents of which kinds, how long, how much
// disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/file_scan.h"
#include "retrieval/store/library.h"

namespace lectern {

struct DropKind {
    std::string extension;
    int documents = 0;
};

struct DropPreview {
    int documents = 0;            ///< to be read
    std::int64_t bytes = 0;       ///< of these files
    int already_read = 0;         ///< in the library as they are
    std::vector<DropKind> kinds;  ///< of those to be read, most first
    // Skipped, by why.
    std::vector<DropKind> unknown_kinds;  ///< most first
    int hidden = 0;
    int empty = 0;
    int too_large = 0;
    int unreadable = 0;                ///< folders that cannot be listed
    std::vector<std::string> missing;  ///< paths that do not exist
    double seconds = -1;  ///< reading takes; −1: this machine's rate is not known yet
    double kv_bytes = 0;  ///< of all their passages; 0: not known (no model)
    std::int64_t kv_used_bytes = 0, kv_budget_bytes = 0;
};

struct PreviewParts {
    const Library* library = nullptr;
    std::function<bool(std::string_view extension)> knows_extension;
    double kv_bytes_per_chunk = 0;
};

/// Looks at names and sizes alone. kv_used_bytes and kv_budget_bytes are left to whoever knows the
/// KV store. kCancelled; errors as Library's.
Result<DropPreview> preview_drop(const PreviewParts& parts,
                                 const std::vector<std::filesystem::path>& paths,
                                 std::stop_token stop);

}  // namespace lectern
