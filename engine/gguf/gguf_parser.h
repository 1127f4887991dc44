// One GGUF file's bytes → its metadata and tensor table. Trusts nothing that it reads.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

struct GgufContents {
    GgufMetadata metadata;
    std::vector<GgufTensor> tensors;  ///< bytes inside `file`; no two share a byte or a name
};

/// `file_name` is for messages. kCorrupt says what is wrong and where, kUnsupported names the type
/// or version.
Result<GgufContents> parse_gguf(std::span<const std::byte> file, const std::string& file_name);

}  // namespace lectern
