// How much KV there will be, before it is computed: how many chunks files will give, and the bytes
// of each with a model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "engine/base/result.h"
#include "engine/kv/kv_format.h"
#include "retrieval/store/library.h"

namespace lectern {

/// How many chunks a file will give, by what the library's files of its kind gave a byte, and where
/// there are none, by what such files hold of text.
class ChunkEstimate {
  public:
    explicit ChunkEstimate(std::span<const DocumentRecord> documents);
    /// Of a file that was not read yet; at least 1.
    double of(const std::filesystem::path& file, std::int64_t n_bytes) const;

  private:
    std::map<std::string, double> chunks_per_byte_;  ///< by extension
};

/// What a model's KV looks like, from its file alone. Errors as GgufFile::open and ModelConfig.
Result<KvShape> kv_shape_of(const std::filesystem::path& model);

/// Bytes of a usual chunk's KV file. Tokens are the embedder's where it has counted the library's
/// (models count alike within a fifth), else those of 1,600 characters of English.
double kv_bytes_per_chunk(const KvShape& shape, KvFormat format, const LibraryCounts& counts);

}  // namespace lectern
