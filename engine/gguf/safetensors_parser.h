// A safetensors file's bytes → its tensor table. Trusts nothing that it reads.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

/// In the order of their data; bytes inside `file`, no two share a byte or a name. `file_name` is
/// for messages. kCorrupt says what is wrong, kUnsupported names the type.
Result<std::vector<GgufTensor>> parse_safetensors(std::span<const std::byte> file,
                                                  const std::string& file_name);

}  // namespace lectern
