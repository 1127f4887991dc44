#include "engine/kv/kv_cache.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace lectern {
namespace {

bool has_scales(DType dtype) { return dtype == DType::kI16; }

/// Rows that a cache of this capacity keeps room for.
std::int64_t allocated_rows(int capacity) {
    constexpr std::int64_t k = kCacheRowMultiple;
    return (capacity + k - 1) / k * k;
}

/// Whether K, V and their scales are a number of bytes that exists.
bool fits_in_memory(const KvShape& shape, int capacity, DType dtype) {
    std::int64_t n_bytes = 4 * std::int64_t{info(dtype).block_bytes};
    const std::int64_t factors[] = {shape.n_layers, shape.n_kv_heads, shape.head_dim,
                                    allocated_rows(capacity)};
    for (const std::int64_t factor : factors) {
        if (__builtin_mul_overflow(n_bytes, factor, &n_bytes)) return false;
    }
    return true;
}

tl::unexpected<Error> out_of_memory(const std::string& need, int capacity) {
    return fail(ErrorCode::kOutOfMemory,
                "The context of " + std::to_string(capacity) + " tokens needs " + need +
                    " of memory, which is not there.",
                "Choose a shorter context or a smaller model.");
}

}  // namespace

Result<KvCache> KvCache::create(Backend& backend, const KvShape& shape, int capacity, DType dtype) {
    assert(shape.n_layers > 0 && shape.n_kv_heads > 0 && shape.head_dim > 0 && capacity > 0);
    assert(dtype == DType::kI16 || dtype == DType::kF32);
    if (!fits_in_memory(shape, capacity, dtype)) return out_of_memory("more bytes", capacity);

    const std::int64_t n_rows = allocated_rows(capacity);
    const Shape extents{shape.n_layers, shape.n_kv_heads, n_rows, shape.head_dim};
    auto k = backend.allocate(dtype, extents);
    auto v = backend.allocate(dtype, extents);
    const Shape scales{shape.n_layers, shape.n_kv_heads, has_scales(dtype) ? n_rows : 0};
    auto k_scale = backend.allocate(DType::kF32, scales);
    auto v_scale = backend.allocate(DType::kF32, scales);
    auto positions = backend.allocate(DType::kI32, {n_rows});
    if (!k || !v || !k_scale || !v_scale || !positions) {
        const std::size_t mib = (bytes_needed(shape, capacity, dtype) + (1 << 20) - 1) >> 20;
        return out_of_memory(std::to_string(mib) + " MiB", capacity);
    }

    KvCache cache;
    cache.backend_ = &backend;
    cache.shape_ = shape;
    cache.capacity_ = capacity;
    cache.rows_.reserve(static_cast<std::size_t>(capacity));
    cache.k_ = std::move(*k);
    cache.v_ = std::move(*v);
    cache.k_scale_ = std::move(*k_scale);
    cache.v_scale_ = std::move(*v_scale);
    cache.positions_ = std::move(*positions);
    return cache;
}

std::vector<std::int32_t> consecutive_rows(int first, int n) {
    std::vector<std::int32_t> rows(static_cast<std::size_t>(n));
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

int KvCache::append(std::span<const TokenId> tokens, std::int32_t segment, SegmentKind kind,
                    RowState state) {
    const int n = static_cast<int>(tokens.size());
    assert(n <= capacity_ - size());
    const int first = size();
    const std::vector<std::int32_t> positions =
        consecutive_rows(rows_.empty() ? 0 : rows_.back().position + 1, n);
    for (int i = 0; i < n; ++i) rows_.push_back({tokens[i], positions[i], segment, kind, state});
    if (n > 0) {
        backend_->upload(positions_.view().slice(first, n), std::as_bytes(std::span(positions)));
    }
    return first;
}

void KvCache::truncate(int n) {
    assert(n >= 0 && n <= size());
    rows_.resize(static_cast<std::size_t>(n));
}

void KvCache::set_state(int row, RowState state) {
    assert(row >= 0 && row < size());
    rows_[static_cast<std::size_t>(row)].state = state;
}

std::vector<TokenId> KvCache::tokens_of(std::span<const std::int32_t> rows) const {
    std::vector<TokenId> tokens;
    tokens.reserve(rows.size());
    for (const std::int32_t row : rows)
        tokens.push_back(rows_[static_cast<std::size_t>(row)].token);
    return tokens;
}

std::vector<TokenId> KvCache::tokens() const { return tokens_of(consecutive_rows(0, size())); }

int KvCache::n_exact() const {
    const auto end = std::find_if(rows_.begin(), rows_.end(), [](const CacheRow& row) {
        return row.state != RowState::kExact;
    });
    return static_cast<int>(end - rows_.begin());
}

std::pair<int, int> KvCache::segment_rows(std::int32_t segment) const {
    const auto in_segment = [segment](const CacheRow& row) { return row.segment == segment; };
    const auto begin = std::find_if(rows_.begin(), rows_.end(), in_segment);
    const auto end = std::find_if_not(begin, rows_.end(), in_segment);
    return {static_cast<int>(begin - rows_.begin()), static_cast<int>(end - rows_.begin())};
}

LayerKv KvCache::layer(int layer) const {
    assert(layer >= 0 && layer < shape_.n_layers);
    const auto of_layer = [layer](const Tensor& tensor) {
        TensorView view = tensor.view().slice(layer, 1);
        const Shape& s = tensor.shape();
        view.shape = s.n_dims() == 4 ? Shape{s[1], s[2], s[3]} : Shape{s[1], s[2]};
        return view;
    };
    return {of_layer(k_), of_layer(v_), of_layer(k_scale_), of_layer(v_scale_)};
}

std::size_t KvCache::bytes_needed(const KvShape& shape, int capacity, DType dtype) {
    const std::size_t scales = has_scales(dtype) ? sizeof(float) * shape.n_kv_heads : 0;
    const std::size_t row = 2 * (row_bytes(dtype, shape.row_elements()) + scales);
    return (row * static_cast<std::size_t>(shape.n_layers) + sizeof(std::int32_t)) *
           static_cast<std::size_t>(allocated_rows(capacity));
}

}  // namespace lectern
