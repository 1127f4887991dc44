// One chunk's KV in its stored form: quantised, keys before RoPE, position-free, layer-major.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/kv/aligned_buffer.h"
#include "engine/kv/kv_format.h"

namespace lectern {

/// A chunk's KV, read layer by layer. Immutable; any thread.
class ChunkKv {
  public:
    virtual ~ChunkKv() = default;
    const KvShape& shape() const { return shape_; }
    KvFormat format() const { return format_; }
    int n_tokens() const { return n_tokens_; }
    /// Bytes of all layers in memory.
    std::size_t n_bytes() const;

    /// The bytes of a layer by StoredLayerLayout; valid while this object lives. From disk this
    /// reads and verifies: kCorrupt (the entry has been dropped), kIo, kOutOfMemory.
    virtual Result<std::span<const std::byte>> layer_bytes(int layer) const = 0;
    /// The same, as the tensors that Backend::place_kv takes.
    Result<StoredKvLayer> layer(int layer) const;
    /// Whether a layer has turned out not to be readable: stores do not hand it out again.
    virtual bool broken() const { return false; }

  protected:
    ChunkKv(const KvShape& shape, KvFormat format, int n_tokens)
        : shape_(shape), format_(format), n_tokens_(n_tokens) {}

  private:
    KvShape shape_;
    KvFormat format_;
    int n_tokens_;
};

/// Builds a chunk in memory, layer by layer, from what the forward path computed. One thread at a
/// time.
class ChunkKvBuilder {
  public:
    ChunkKvBuilder(const KvShape& shape, KvFormat format, int n_tokens);
    /// k, v f32 [n_tokens, n_kv_heads, head_dim] (host), keys before RoPE; rounded to nearest.
    /// Values beyond f16 (infinities too) become its largest, as f16 cannot hold more, and NaN
    /// becomes 0: a broken model gives broken text, never a store that cannot be read. Any layer
    /// order, each layer once.
    void set_layer(int layer, std::span<const float> k, std::span<const float> v);
    /// Pre: every layer was set.
    std::shared_ptr<const ChunkKv> finish() &&;

  private:
    KvShape shape_;
    KvFormat format_;
    int n_tokens_;
    StoredLayerLayout layout_;
    AlignedBuffer bytes_;  ///< the layers, behind one another
    std::vector<bool> is_set_;
};

}  // namespace lectern
