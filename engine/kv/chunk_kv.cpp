#include "engine/kv/chunk_kv.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

constexpr std::size_t kPartAlignment = 64;
constexpr std::size_t kLayerAlignment = 4096;
constexpr float kLargestF16 = 65504.0f;

constexpr std::size_t align_up(std::size_t n, std::size_t alignment) {
    return (n + alignment - 1) / alignment * alignment;
}

float storable(float x) { return x == x ? std::clamp(x, -kLargestF16, kLargestF16) : 0.0f; }

void store_f16(std::byte* out, std::span<const float> x) {
    auto* half = reinterpret_cast<std::uint16_t*>(out);
    for (std::size_t i = 0; i < x.size(); ++i) half[i] = f32_to_f16(storable(x[i]));
}

/// A symmetric int8 scale for values of at most this magnitude; 0 for a group of zeros, and for one
/// so small that its scale would not be a normal number.
float int8_scale(float largest) {
    const float scale = largest / 127.0f;
    return scale < std::numeric_limits<float>::min() ? 0.0f : scale;
}

std::int8_t to_int8(float x, float scale) {
    if (scale == 0.0f) return 0;
    constexpr float kRound = 12582912.0f;  // 1.5 · 2^23: adding it leaves the nearest integer
    const float q = (storable(x) / scale + kRound) - kRound;
    return static_cast<std::int8_t>(std::clamp(q, -127.0f, 127.0f));
}

/// q, scale[n_channels] from x[n_rows, n_channels]: one scale a column.
void store_int8_by_column(std::byte* q, std::byte* scale, std::span<const float> x,
                          std::size_t n_columns) {
    auto* scales = reinterpret_cast<float*>(scale);
    auto* values = reinterpret_cast<std::int8_t*>(q);
    std::fill_n(scales, n_columns, 0.0f);
    for (std::size_t i = 0; i < x.size(); i += n_columns) {
        for (std::size_t c = 0; c < n_columns; ++c) {
            scales[c] = std::max(scales[c], std::fabs(storable(x[i + c])));
        }
    }
    std::transform(scales, scales + n_columns, scales, int8_scale);
    for (std::size_t i = 0; i < x.size(); i += n_columns) {
        for (std::size_t c = 0; c < n_columns; ++c) values[i + c] = to_int8(x[i + c], scales[c]);
    }
}

/// q, scale[n_rows] from x[n_rows, n_columns]: one scale a row.
void store_int8_by_row(std::byte* q, std::byte* scale, std::span<const float> x,
                       std::size_t n_columns) {
    auto* scales = reinterpret_cast<float*>(scale);
    auto* values = reinterpret_cast<std::int8_t*>(q);
    for (std::size_t i = 0; i < x.size(); i += n_columns) {
        float largest = 0.0f;
        for (std::size_t c = 0; c < n_columns; ++c) {
            largest = std::max(largest, std::fabs(storable(x[i + c])));
        }
        const float row_scale = int8_scale(largest);
        scales[i / n_columns] = row_scale;
        for (std::size_t c = 0; c < n_columns; ++c) values[i + c] = to_int8(x[i + c], row_scale);
    }
}

class MemoryChunkKv : public ChunkKv {
  public:
    MemoryChunkKv(const KvShape& shape, KvPrecision precision, int n_tokens, AlignedBuffer bytes)
        : ChunkKv(shape, precision, n_tokens),
          layer_bytes_(StoredLayerLayout(shape, precision, n_tokens).n_bytes),
          bytes_(std::move(bytes)) {}

    Result<std::span<const std::byte>> layer_bytes(int layer) const override {
        assert(layer >= 0 && layer < shape().n_layers);
        return bytes_.bytes().subspan(static_cast<std::size_t>(layer) * layer_bytes_, layer_bytes_);
    }

  private:
    std::size_t layer_bytes_;
    AlignedBuffer bytes_;
};

}  // namespace

StoredLayerLayout::StoredLayerLayout(const KvShape& shape, KvPrecision precision, int n_tokens) {
    const auto row = static_cast<std::size_t>(shape.row_elements());
    const auto tokens = static_cast<std::size_t>(n_tokens);
    const bool int8 = precision == KvPrecision::kInt8;
    const std::size_t values = tokens * row * (int8 ? 1 : sizeof(std::uint16_t));
    const std::size_t k_scales = int8 ? row * sizeof(float) : 0;
    const std::size_t v_scales =
        int8 ? tokens * static_cast<std::size_t>(shape.n_kv_heads) * sizeof(float) : 0;
    k_scale = align_up(values, kPartAlignment);
    v = align_up(k_scale + k_scales, kPartAlignment);
    v_scale = align_up(v + values, kPartAlignment);
    n_bytes = align_up(v_scale + v_scales, kLayerAlignment);
}

std::size_t ChunkKv::n_bytes() const {
    return static_cast<std::size_t>(shape_.n_layers) *
           StoredLayerLayout(shape_, precision_, n_tokens_).n_bytes;
}

Result<StoredKvLayer> ChunkKv::layer(int layer) const {
    LECTERN_ASSIGN(const std::span<const std::byte> bytes, layer_bytes(layer));
    const StoredLayerLayout layout(shape_, precision_, n_tokens_);
    // Views carry no const: what takes a StoredKvLayer only reads it.
    auto* data = const_cast<std::byte*>(bytes.data());
    const auto view = [data](std::size_t offset, DType dtype, Shape shape) {
        return TensorView{data + offset, dtype, shape, Device::kCpu};
    };
    const Shape values{n_tokens_, shape_.n_kv_heads, shape_.head_dim};
    if (precision_ == KvPrecision::kF16) {
        return StoredKvLayer{view(layout.k, DType::kF16, values),
                             view(layout.v, DType::kF16, values), TensorView{}, TensorView{}};
    }
    return StoredKvLayer{view(layout.k, DType::kI8, values), view(layout.v, DType::kI8, values),
                         view(layout.k_scale, DType::kF32, {shape_.n_kv_heads, shape_.head_dim}),
                         view(layout.v_scale, DType::kF32, {n_tokens_, shape_.n_kv_heads})};
}

ChunkKvBuilder::ChunkKvBuilder(const KvShape& shape, KvPrecision precision, int n_tokens)
    : shape_(shape),
      precision_(precision),
      n_tokens_(n_tokens),
      layout_(shape, precision, n_tokens),
      bytes_(layout_.n_bytes * static_cast<std::size_t>(shape.n_layers)),
      is_set_(static_cast<std::size_t>(shape.n_layers)) {
    std::memset(bytes_.bytes().data(), 0, bytes_.bytes().size());
}

void ChunkKvBuilder::set_layer(int layer, std::span<const float> k, std::span<const float> v) {
    const auto row = static_cast<std::size_t>(shape_.row_elements());
    assert(layer >= 0 && layer < shape_.n_layers && !is_set_[static_cast<std::size_t>(layer)]);
    assert(k.size() == static_cast<std::size_t>(n_tokens_) * row && v.size() == k.size());
    is_set_[static_cast<std::size_t>(layer)] = true;
    std::byte* out = bytes_.bytes().data() + static_cast<std::size_t>(layer) * layout_.n_bytes;
    if (precision_ == KvPrecision::kF16) {
        store_f16(out + layout_.k, k);
        store_f16(out + layout_.v, v);
    } else {
        store_int8_by_column(out + layout_.k, out + layout_.k_scale, k, row);
        store_int8_by_row(out + layout_.v, out + layout_.v_scale, v,
                          static_cast<std::size_t>(shape_.head_dim));
    }
}

std::shared_ptr<const ChunkKv> ChunkKvBuilder::finish() && {
    assert(std::all_of(is_set_.begin(), is_set_.end(), [](bool set) { return set; }));
    return std::make_shared<MemoryChunkKv>(shape_, precision_, n_tokens_, std::move(bytes_));
}

}  // namespace lectern
