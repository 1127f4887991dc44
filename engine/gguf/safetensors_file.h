// A safetensors file: named plain tensors over a mapping (the embedder's weights).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/mapped_file.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

/// Immutable after open(); any thread. Owns the mapping: tensors' bytes are valid while a
/// shared_ptr to it lives; they need not be aligned.
class SafetensorsFile {
  public:
    /// Checks the header, every size and offset against the file before use. kCorrupt says what is
    /// wrong. Reads F32, F16, BF16, I8 and I32 tensors (a scalar has the shape [1]); other integers
    /// and booleans (position ids) are checked and left out; any other type is kUnsupported, by
    /// name.
    static Result<std::shared_ptr<const SafetensorsFile>> open(const std::filesystem::path& path);

    /// nullptr where there is none of that name.
    const GgufTensor* tensor(std::string_view name) const;
    /// In the order of their data.
    const std::vector<GgufTensor>& tensors() const { return tensors_; }
    /// As GgufFile::content_hash(), without the file's free-form metadata.
    const Hash128& content_hash() const { return content_hash_; }

  private:
    SafetensorsFile() = default;

    MappedFile mapping_;
    std::vector<GgufTensor> tensors_;
    std::unordered_map<std::string, std::size_t> tensor_index_;
    Hash128 content_hash_;
};

}  // namespace lectern
