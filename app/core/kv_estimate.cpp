#include "app/core/kv_estimate.h"

#include <algorithm>
#include <cmath>

#include "app/core/file_scan.h"
#include "engine/gguf/gguf_file.h"
#include "engine/kv/kv_file.h"
#include "engine/model/model_config.h"

namespace lectern {
namespace {

constexpr double kTextBytesPerChunk = 1500;
constexpr int kTokensPerChunk = 400;  ///< 1,600 characters of English

/// Bytes of a file that hold as much text as one of plain text, by extension: markup, fonts and
/// pictures aside.
double bytes_per_text_byte(const std::string& extension) {
    if (extension == "pdf") return 15;
    if (extension == "html" || extension == "htm") return 2;
    return 1;
}

}  // namespace

ChunkEstimate::ChunkEstimate(std::span<const DocumentRecord> documents) {
    std::map<std::string, double> chunks, bytes;
    for (const DocumentRecord& document : documents) {
        if (!document.indexed) continue;
        const std::string extension = extension_of(document.path);
        chunks[extension] += static_cast<double>(document.chunks);
        bytes[extension] += static_cast<double>(document.stamp.size_bytes);
    }
    for (const auto& [extension, n] : chunks)
        if (bytes[extension] > 0) chunks_per_byte_[extension] = n / bytes[extension];
}

double ChunkEstimate::of(const std::filesystem::path& file, std::int64_t n_bytes) const {
    const std::string extension = extension_of(file);
    const auto seen = chunks_per_byte_.find(extension);
    const double per_byte = seen != chunks_per_byte_.end()
                                ? seen->second
                                : 1 / (kTextBytesPerChunk * bytes_per_text_byte(extension));
    return std::max(1.0, per_byte * static_cast<double>(n_bytes));
}

Result<KvShape> kv_shape_of(const std::filesystem::path& model) {
    LECTERN_ASSIGN(const auto file, GgufFile::open(model));
    LECTERN_ASSIGN(const ModelConfig config, ModelConfig::from_gguf(*file));
    return config.kv_shape();
}

double kv_bytes_per_chunk(const KvShape& shape, KvFormat format, const LibraryCounts& counts) {
    const int n_tokens = counts.chunks > 0 && counts.tokens > 0
                             ? static_cast<int>(std::ceil(static_cast<double>(counts.tokens) /
                                                          static_cast<double>(counts.chunks)))
                             : kTokensPerChunk;
    return static_cast<double>(kv_file_bytes(shape, format, n_tokens));
}

}  // namespace lectern
