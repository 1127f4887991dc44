// Identifies a model file's weights without reading all of them.
#pragma once

#include <vector>

#include "engine/base/hash.h"
#include "engine/gguf/gguf_file.h"

namespace lectern {

/// Adds every tensor's name, type, shape and sampled bytes, in the order of their names: the whole
/// of small tensors, evenly spaced pages of large ones.
void add_tensors(Hasher& hasher, const std::vector<GgufTensor>& tensors);

}  // namespace lectern
