// A safetensors file: named plain tensors over a mapping (the embedder's weights).
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

/// Immutable after open(); any thread. Reads F32, F16 and BF16 tensors; other types are listed as
/// kUnsupported when open.
class SafetensorsFile {
  public:
    static Result<std::shared_ptr<const SafetensorsFile>> open(const std::filesystem::path& path);

    const GgufTensor* tensor(std::string_view name) const;
    const std::vector<GgufTensor>& tensors() const { return tensors_; }
    const Hash128& content_hash() const { return content_hash_; }

  private:
    SafetensorsFile() = default;

    std::shared_ptr<const void> mapping_;
    std::vector<GgufTensor> tensors_;
    Hash128 content_hash_;
};

}  // namespace lectern
