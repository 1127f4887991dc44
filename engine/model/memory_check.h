// Whether a model fits this machine's memory, asked before anything is allocated.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace lectern {

/// Bytes that can be had without swapping: the system's own estimate, less where a container's
/// limit is lower. The largest number where neither is known.
std::uint64_t available_memory_bytes();

/// kOutOfMemory says what is needed and what there is. thing: "the model a.gguf".
Status check_memory(const std::string& thing, std::uint64_t needed, std::uint64_t available);

}  // namespace lectern
