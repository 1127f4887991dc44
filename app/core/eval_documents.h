// Documents without questions as a data set: how faithfully runs of their chunks are read, by KL
// alone.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/eval_dataset.h"
#include "app/core/ingest_flow.h"
#include "engine/base/result.h"

namespace lectern {

/// Chunks of a case, unless asked otherwise.
inline constexpr int kRunOfChunks = 6;

struct EvalDocuments {
    std::vector<EvalCase> cases;
    std::vector<EvalDocument> documents;  ///< by name
};

/// The documents in a folder (scan_folders), read by `read`, cut by the product's chunker. A case
/// is a run of n consecutive chunks of one document, each with the one before it (EvalPassage);
/// what is left at its end is not used. kNotFound: no such folder; kUnsupported: no document gave a
/// case, with the first one's reason; kCancelled.
Result<EvalDocuments> read_eval_documents(
    const std::filesystem::path& folder, int n, const ReadDocument& read,
    const std::function<bool(std::string_view extension)>& knows_extension, std::stop_token stop);

}  // namespace lectern
