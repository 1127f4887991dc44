// What writes and compares rows of a working cache: rotation, fresh rows, stored chunks.
#include <cassert>
#include <cmath>
#include <cstring>

#include "engine/backend/cpu/cache_tile.h"
#include "engine/backend/cpu/cpu_backend_class.h"
#include "engine/backend/cpu/stored_head.h"

namespace lectern {
namespace {

/// Row `row` of a head of an f32 cache tensor [n_kv_heads, capacity, head_dim].
float* float_row(const TensorView& cache, std::int64_t head, std::int64_t row) {
    return cache.as<float>() + (head * cache.shape[1] + row) * cache.shape[2];
}

/// Where a head of an i16 one begins.
std::int16_t* head_tiles(const TensorView& cache, std::int64_t head) {
    return cache.as<std::int16_t>() + head * cache.shape[1] * cache.shape[2];
}

/// x[head_dim] → gain · x + offset, of a head of [2, n_heads, head_dim].
void change(float* x, const float* gain, std::int64_t n_heads, std::int64_t head_dim) {
    const float* offset = gain + n_heads * head_dim;
    for (std::int64_t d = 0; d < head_dim; ++d) x[d] = gain[d] * x[d] + offset[d];
}

/// The count-th row of a head's moments (four planes of n_heads · head_dim), after Welford: sums of
/// squares about a mean that moves along, which loses no digits where the mean is large.
void add_row(float* moments, std::int64_t plane, float count, const float* stored,
             const float* fresh, std::int64_t head_dim) {
    float* mean_x = moments;
    float* mean_y = mean_x + plane;
    float* squares = mean_y + plane;
    float* products = squares + plane;
    if (count == 1.0f)
        for (float* from : {mean_x, mean_y, squares, products}) std::fill_n(from, head_dim, 0.0f);
    for (std::int64_t d = 0; d < head_dim; ++d) {
        const float y = fresh[d] - stored[d];
        const float from_mean = stored[d] - mean_x[d];
        mean_x[d] += from_mean / count;
        mean_y[d] += (y - mean_y[d]) / count;
        squares[d] += from_mean * (stored[d] - mean_x[d]);
        products[d] += from_mean * (y - mean_y[d]);
    }
}

}  // namespace

const RopeTable& CpuBackend::rope_table(const Rope& rope, const std::int32_t* positions,
                                        const std::int32_t* rows, std::int64_t n) {
    auto found = std::find_if(rope_tables_.begin(), rope_tables_.end(),
                              [&](const auto& table) { return table->is_of(rope); });
    if (found == rope_tables_.end())
        found = rope_tables_.insert(found, std::make_unique<RopeTable>(rope));
    std::int32_t last = 0;
    for (std::int64_t i = 0; i < n; ++i) last = std::max(last, positions[rows ? rows[i] : i]);
    (*found)->prepare(last);
    return **found;
}

void CpuBackend::rope(TensorView x, TensorView rows, TensorView positions, const Rope& rope) {
    const std::int64_t n_heads = x.shape[1], head_dim = x.shape[2];
    const auto* at = positions.as<std::int32_t>();
    const auto* row = rows.as<std::int32_t>();
    const RopeTable& table = rope_table(rope, at, row, x.rows());
    for_rows(x.rows(), n_heads * head_dim, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            const float* angles = table.row(at[row[t]]);
            for (std::int64_t h = 0; h < n_heads; ++h)
                kernels_.rotate(x.as<float>() + (t * n_heads + h) * head_dim, angles,
                                angles + table.n_pairs(), table.n_pairs(), rope.style);
        }
    });
}

void CpuBackend::store_head(LayerKv cache, std::int64_t head, std::int64_t row, float* k,
                            const float* v, const float* angles, int n_pairs, RopeStyle style) {
    const std::int64_t head_dim = cache.k.shape[2];
    kernels_.rotate(k, angles, angles + n_pairs, n_pairs, style);
    if (cache.k.dtype == DType::kF32) {
        std::memcpy(float_row(cache.k, head, row), k, sizeof(float) * head_dim);
        std::memcpy(float_row(cache.v, head, row), v, sizeof(float) * head_dim);
        return;
    }
    const std::int64_t at = head * cache.k.shape[1] + row;
    const CacheTile tile{head_dim};
    std::int16_t integers[kMaxHeadDim];
    cache.k_scale.as<float>()[at] = kernels_.to_i16(integers, k, head_dim, kDotLimits);
    std::int16_t* to = head_tiles(cache.k, head) + tile.key(row, 0);
    for (std::int64_t d = 0; d < head_dim; d += 2) std::memcpy(to + d * kTileKeys, integers + d, 4);
    cache.v_scale.as<float>()[at] = kernels_.to_i16(integers, v, head_dim, kValueLimits);
    to = head_tiles(cache.v, head) + tile.value(row, 0);
    for (std::int64_t d = 0; d < head_dim; ++d) to[2 * d] = integers[d];
}

void CpuBackend::write_kv(LayerKv cache, TensorView k, TensorView v, TensorView rows,
                          TensorView positions, const Rope& rope) {
    const std::int64_t n_heads = cache.k.shape[0], head_dim = cache.k.shape[2];
    const auto* at = positions.as<std::int32_t>();
    const auto* row = rows.as<std::int32_t>();
    const RopeTable& table = rope_table(rope, at, row, k.rows());
    for_rows(k.rows(), n_heads * head_dim, [&](std::int64_t begin, std::int64_t end) {
        float key[kMaxHeadDim];
        for (std::int64_t t = begin; t < end; ++t)
            for (std::int64_t h = 0; h < n_heads; ++h) {
                const std::int64_t from = (t * n_heads + h) * head_dim;
                std::memcpy(key, k.as<float>() + from, sizeof(float) * head_dim);
                store_head(cache, h, row[t], key, v.as<float>() + from, table.row(at[row[t]]),
                           table.n_pairs(), rope.style);
            }
    });
}

void CpuBackend::place_kv(LayerKv cache, const StoredKvLayer& stored, const KvPlacement& placement,
                          TensorView positions, const Rope& rope) {
    const std::int64_t n_heads = cache.k.shape[0], head_dim = cache.k.shape[2];
    assert(head_dim <= kMaxHeadDim);
    const std::int64_t n_tokens = stored.k.values.rows();
    const auto* at = positions.as<std::int32_t>() + placement.first_row;
    const auto* skip = placement.skip.as<std::int8_t>();
    const float* k_change = placement.change.k.as<float>();
    const float* v_change = placement.change.v.as<float>();
    const RopeTable& table = rope_table(rope, at, nullptr, n_tokens);
    for_rows(n_tokens, n_heads * head_dim, [&](std::int64_t begin, std::int64_t end) {
        float key[kMaxHeadDim], value[kMaxHeadDim];
        for (std::int64_t t = begin; t < end; ++t) {
            if (skip != nullptr && skip[t] != 0) continue;
            for (std::int64_t h = 0; h < n_heads; ++h) {
                dequantise_key(kernels_, key, stored.k, t, h, head_dim);
                dequantise_value(kernels_, value, stored.v, t, h, head_dim);
                if (k_change != nullptr) change(key, k_change + h * head_dim, n_heads, head_dim);
                if (v_change != nullptr) change(value, v_change + h * head_dim, n_heads, head_dim);
                store_head(cache, h, placement.first_row + t, key, value, table.row(at[t]),
                           table.n_pairs(), rope.style);
            }
        }
    });
}

void CpuBackend::kv_moments(KvMoments moments, TensorView k, TensorView v,
                            const StoredKvLayer& stored, TensorView tokens) {
    const std::int64_t n_heads = k.shape[1], head_dim = k.shape[2], n = tokens.rows();
    const auto* token = tokens.as<std::int32_t>();
    // A head a task, so that its rows follow in their order.
    pool_.parallel_for(n_heads, [&](std::int64_t h, int) {
        float own[kMaxHeadDim];
        const std::int64_t plane = n_heads * head_dim, first = h * head_dim;
        for (std::int64_t i = 0; i < n; ++i) {
            const std::int64_t fresh = (i * n_heads + h) * head_dim;
            const auto count = static_cast<float>(i + 1);
            dequantise_key(kernels_, own, stored.k, token[i], h, head_dim);
            add_row(moments.k.as<float>() + first, plane, count, own, k.as<float>() + fresh,
                    head_dim);
            dequantise_value(kernels_, own, stored.v, token[i], h, head_dim);
            add_row(moments.v.as<float>() + first, plane, count, own, v.as<float>() + fresh,
                    head_dim);
        }
    });
}

void CpuBackend::value_norms(TensorView norms, LayerKv cache) {
    const std::int64_t n_rows = norms.shape[1];
    static constexpr float kOrigin[kMaxHeadDim] = {};
    // A head a task, so that its sum follows the rows' order.
    pool_.parallel_for(cache.v.shape[0], [&](std::int64_t h, int) {
        float* norm = norms.as<float>() + h * n_rows;
        double sum = 0;
        for (std::int64_t row = 0; row < n_rows; ++row) {
            norm[row] = std::sqrt(value_distance(kOrigin, cache, h, row));
            sum += norm[row];
        }
        const auto scale = static_cast<float>(sum > 0 ? static_cast<double>(n_rows) / sum : 0);
        for (std::int64_t row = 0; row < n_rows; ++row) norm[row] *= scale;
    });
}

/// Σ (a − cache.v[head, row])².
float CpuBackend::value_distance(const float* a, const LayerKv& cache, std::int64_t head,
                                 std::int64_t row) const {
    const std::int64_t head_dim = cache.v.shape[2];
    if (cache.v.dtype == DType::kF32)
        return kernels_.distance_f32(a, float_row(cache.v, head, row), 1.0f, head_dim);
    std::int16_t integers[kMaxHeadDim];
    const std::int16_t* from = head_tiles(cache.v, head) + CacheTile{head_dim}.value(row, 0);
    for (std::int64_t d = 0; d < head_dim; ++d) integers[d] = from[2 * d];
    return kernels_.distance_i16(
        a, integers, cache.v_scale.as<float>()[head * cache.v.shape[1] + row], head_dim);
}

void CpuBackend::value_deviation(TensorView deviation, TensorView fresh, LayerKv cache,
                                 TensorView rows) {
    const std::int64_t n_heads = cache.v.shape[0], head_dim = cache.v.shape[2];
    for_rows(fresh.rows(), n_heads * head_dim, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            float total = 0.0f;
            for (std::int64_t h = 0; h < n_heads; ++h)
                total += value_distance(fresh.as<float>() + (t * n_heads + h) * head_dim, cache, h,
                                        rows.as<std::int32_t>()[t]);
            deviation.as<float>()[t] = total;
        }
    });
}

}  // namespace lectern
