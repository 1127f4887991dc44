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
#include "engine/kv/kv_cache.h"

namespace lectern {

enum class KvPrecision : std::uint8_t { kF16 = 1, kInt8 = 2 };

/// Where the parts of one stored layer lie in its bytes: K, its scales, V, its scales, each aligned
/// to 64 and the whole padded to 4096 (direct reads); the same for every layer. Padding is zero.
/// Offsets in bytes; without scales (f16) k_scale is v and v_scale the end.
struct StoredLayerLayout {
    std::size_t k = 0, k_scale = 0, v = 0, v_scale = 0, n_bytes = 0;
    StoredLayerLayout(const KvShape& shape, KvPrecision precision, int n_tokens);
};

/// A chunk's KV, read layer by layer. Immutable; any thread.
class ChunkKv {
  public:
    virtual ~ChunkKv() = default;
    const KvShape& shape() const { return shape_; }
    KvPrecision precision() const { return precision_; }
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
    ChunkKv(const KvShape& shape, KvPrecision precision, int n_tokens)
        : shape_(shape), precision_(precision), n_tokens_(n_tokens) {}

  private:
    KvShape shape_;
    KvPrecision precision_;
    int n_tokens_;
};

/// Builds a chunk in memory, layer by layer, from what the forward path computed. One thread at a
/// time.
class ChunkKvBuilder {
  public:
    ChunkKvBuilder(const KvShape& shape, KvPrecision precision, int n_tokens);
    /// k, v f32 [n_tokens, n_kv_heads, head_dim] (host), keys before RoPE. Rounds to nearest: to
    /// f16, or to int8 symmetrically, K per channel of a head, V per token of a head. Values beyond
    /// f16 (infinities too) become its largest, as f16 cannot hold more, and
    /// NaN becomes 0: a broken model gives broken text, never a store that cannot be read. Any
    /// layer order, each layer once.
    void set_layer(int layer, std::span<const float> k, std::span<const float> v);
    /// Pre: every layer was set.
    std::shared_ptr<const ChunkKv> finish() &&;

  private:
    KvShape shape_;
    KvPrecision precision_;
    int n_tokens_;
    StoredLayerLayout layout_;
    AlignedBuffer bytes_;  ///< the layers, behind one another
    std::vector<bool> is_set_;
};

}  // namespace lectern
