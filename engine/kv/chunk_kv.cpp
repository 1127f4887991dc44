#include "engine/kv/chunk_kv.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "engine/kv/round_kv.h"

namespace lectern {
namespace {

class MemoryChunkKv : public ChunkKv {
  public:
    MemoryChunkKv(const KvShape& shape, KvFormat format, int n_tokens, AlignedBuffer bytes)
        : ChunkKv(shape, format, n_tokens),
          layer_bytes_(StoredLayerLayout(shape, format, n_tokens).n_bytes),
          bytes_(std::move(bytes)) {}

    Result<std::span<const std::byte>> layer_bytes(int layer) const override {
        assert(layer >= 0 && layer < shape().n_layers);
        return bytes_.bytes().subspan(static_cast<std::size_t>(layer) * layer_bytes_, layer_bytes_);
    }

  private:
    std::size_t layer_bytes_;
    AlignedBuffer bytes_;
};

StoredRows view(std::span<const std::byte> layer, const StoredPartLayout& part, Shape values,
                Shape groups) {
    // Views carry no const: what takes a StoredKvLayer only reads it.
    auto* data = const_cast<std::byte*>(layer.data());
    StoredRows rows;
    rows.bits = part.bits;
    rows.group = part.group;
    if (part.bits == 16) {
        rows.values = {data + part.values, DType::kF16, values, Device::kCpu};
        return rows;
    }
    const Shape bytes{values[0], values[1], static_cast<std::int64_t>(part.head_bytes)};
    rows.values = {data + part.values, DType::kI8, bytes, Device::kCpu};
    rows.groups = {data + part.groups, DType::kF16, groups, Device::kCpu};
    return rows;
}

}  // namespace

std::size_t ChunkKv::n_bytes() const {
    return static_cast<std::size_t>(shape_.n_layers) *
           StoredLayerLayout(shape_, format_, n_tokens_).n_bytes;
}

Result<StoredKvLayer> ChunkKv::layer(int layer) const {
    LECTERN_ASSIGN(const std::span<const std::byte> bytes, layer_bytes(layer));
    const StoredLayerLayout layout(shape_, format_, n_tokens_);
    const std::int64_t n_heads = shape_.n_kv_heads, head_dim = shape_.head_dim;
    StoredKvLayer stored;
    stored.k = view(bytes, layout.k, {n_tokens_, n_heads, head_dim},
                    {layout.k.n_groups, n_heads, 2, head_dim});
    stored.v = view(bytes, layout.v, {n_tokens_, n_heads, head_dim},
                    {n_tokens_, n_heads, 2, layout.v.n_groups});
    return stored;
}

ChunkKvBuilder::ChunkKvBuilder(const KvShape& shape, KvFormat format, int n_tokens)
    : shape_(shape),
      format_(format),
      n_tokens_(n_tokens),
      layout_(shape, format, n_tokens),
      bytes_(layout_.n_bytes * static_cast<std::size_t>(shape.n_layers)),
      is_set_(static_cast<std::size_t>(shape.n_layers)) {
    std::memset(bytes_.bytes().data(), 0, bytes_.bytes().size());
}

void ChunkKvBuilder::set_layer(int layer, std::span<const float> k, std::span<const float> v) {
    assert(layer >= 0 && layer < shape_.n_layers && !is_set_[static_cast<std::size_t>(layer)]);
    assert(k.size() == static_cast<std::size_t>(n_tokens_ * shape_.row_elements()));
    assert(v.size() == k.size());
    is_set_[static_cast<std::size_t>(layer)] = true;
    const auto bytes =
        bytes_.bytes().subspan(static_cast<std::size_t>(layer) * layout_.n_bytes, layout_.n_bytes);
    round_keys(bytes, layout_.k, shape_, k);
    round_values(bytes, layout_.v, shape_, v);
}

std::shared_ptr<const ChunkKv> ChunkKvBuilder::finish() && {
    assert(std::all_of(is_set_.begin(), is_set_.end(), [](bool set) { return set; }));
    return std::make_shared<MemoryChunkKv>(shape_, format_, n_tokens_, std::move(bytes_));
}

}  // namespace lectern
