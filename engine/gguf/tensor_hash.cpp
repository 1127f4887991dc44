#include "engine/gguf/tensor_hash.h"

#include <algorithm>
#include <string_view>

namespace lectern {
namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kSampledPages = 4;

void add_bytes(Hasher& hasher, std::span<const std::byte> bytes) {
    if (bytes.size() <= kPageBytes * kSampledPages) {
        hasher.add(hash128(bytes));
        return;
    }
    const std::size_t last = bytes.size() - kPageBytes;
    for (std::size_t i = 0; i < kSampledPages; ++i)  // the first page and the last among them
        hasher.add(hash128(bytes.subspan(last / (kSampledPages - 1) * i, kPageBytes)));
}

}  // namespace

void add_tensors(Hasher& hasher, const std::vector<GgufTensor>& tensors) {
    std::vector<const GgufTensor*> sorted;
    for (const GgufTensor& tensor : tensors) sorted.push_back(&tensor);
    std::sort(sorted.begin(), sorted.end(),
              [](const GgufTensor* a, const GgufTensor* b) { return a->name < b->name; });
    for (const GgufTensor* tensor : sorted) {
        hasher.add(std::string_view(tensor->name));
        hasher.add(info(tensor->dtype).name);
        for (int i = 0; i < tensor->shape.n_dims(); ++i) hasher.add(tensor->shape[i]);
        hasher.add(static_cast<std::int64_t>(tensor->bytes.size()));
        add_bytes(hasher, tensor->bytes);
    }
}

}  // namespace lectern
