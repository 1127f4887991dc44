// Attention over a working cache and inside packed sequences.
#include <cassert>

#include "engine/backend/cpu/cpu_backend_class.h"

namespace lectern {
namespace {

/// Lines that pass over a tile of keys together: they share its reading and what it is prepared
/// with.
constexpr int kTileLines = 192;

/// The first row that a query at cache row `row` sees: all rows between it and `row` are visible,
/// because positions ascend over rows.
std::int64_t first_visible(const std::int32_t* positions, std::int64_t row, std::int32_t window) {
    if (window <= 0) return 0;
    const std::int32_t hidden = positions[row] - window;  // positions up to this one
    return std::upper_bound(positions, positions + row, hidden) - positions;
}

std::int64_t chunks_of(std::int64_t n_rows) { return (n_rows + kChunkKeys - 1) / kChunkKeys; }

/// The rows that any of the lines sees.
struct Span {
    std::int64_t first;
    std::int64_t end;
};
Span seen_by(std::span<const QueryLine> lines) {
    Span span{lines[0].first, lines[0].end};
    for (const QueryLine& line : lines) {
        span.first = std::min(span.first, line.first);
        span.end = std::max(span.end, line.end);
    }
    return span;
}

/// States whose values lie behind one another in `values` (null: none).
void point_states(std::span<LineState> states, float* values, int width) {
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i].values = values ? values + i * width : nullptr;
}

}  // namespace

/// Sets lines_ to one a query and head, the heads of a KV head behind one another: line
/// (kv_head · T + t) · group + g is query t's head kv_head · group + g.
void CpuBackend::set_lines(TensorView out, TensorView q, const LayerKv& cache, TensorView rows,
                           TensorView positions, std::int32_t window) {
    const std::int64_t n = q.rows(), n_heads = q.shape[1], head_dim = q.shape[2];
    const std::int64_t group = n_heads / cache.k.shape[0];
    std::int16_t* integers = cache.k.dtype == DType::kI16
                                 ? query_scratch_.get<std::int16_t>(n * n_heads * head_dim)
                                 : nullptr;
    lines_.resize(n * n_heads);
    for_rows(n, n_heads * head_dim, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            const std::int64_t row = rows.as<std::int32_t>()[t];
            const std::int64_t first = first_visible(positions.as<std::int32_t>(), row, window);
            for (std::int64_t h = 0; h < n_heads; ++h) {
                const std::int64_t at = (t * n_heads + h) * head_dim;
                QueryLine& line = lines_[(h / group * n + t) * group + h % group];
                line = {.q = q.as<float>() + at,
                        .out = out.data ? out.as<float>() + at : nullptr,
                        .first = first,
                        .end = row + 1};
                if (!integers) continue;
                const FactorI16 factor =
                    kernels_.to_factor(integers + at, q.as<float>() + at, head_dim, kDotLimits);
                line.q = integers + at;
                line.q_scale = factor.scale;
                line.own_half = factor.own_half;
            }
        }
    });
}

AttentionPass CpuBackend::pass_of(LayerKv cache, std::int64_t kv_head,
                                  const AttentionOptions& options) {
    const std::int64_t head_dim = cache.k.shape[2];
    const std::int64_t skip =
        kv_head * cache.k.shape[1] * static_cast<std::int64_t>(row_bytes(cache.k.dtype, head_dim));
    const auto scales = [&](const TensorView& scale) -> const float* {
        return scale.data ? scale.as<float>() + kv_head * cache.k.shape[1] : nullptr;
    };
    return {.k = cache.k.as<std::byte>() + skip,
            .v = cache.v.as<std::byte>() + skip,
            .k_scale = scales(cache.k_scale),
            .v_scale = scales(cache.v_scale),
            .stride = head_dim,
            .head_dim = static_cast<int>(head_dim),
            .scale = options.scale,
            .softcap = options.softcap};
}

void CpuBackend::attention(TensorView out, TensorView q, LayerKv cache, TensorView rows,
                           TensorView positions, const AttentionOptions& options) {
    if (q.rows() == 0) return;
    const std::int64_t n_kv_heads = cache.k.shape[0];
    set_lines(out, q, cache, rows, positions, options.window);
    const auto n_lines = static_cast<std::int64_t>(lines_.size()) / n_kv_heads;  // a KV head's
    const std::int64_t n_tiles = (n_lines + kTileLines - 1) / kTileLines;
    if (n_kv_heads * n_tiles < 4 * pool_.n_threads()) {
        attend_by_chunks(cache, n_lines, options);
        return;
    }
    const AttentionKernels& kernels = attention_kernels(cache.k.dtype);
    // The last tiles see the most keys: they go first, so that no thread ends long after the rest.
    pool_.parallel_for(n_kv_heads * n_tiles, [&](std::int64_t task, int thread) {
        const std::int64_t kv_head = task % n_kv_heads, tile = n_tiles - 1 - task / n_kv_heads;
        const std::int64_t n = std::min<std::int64_t>(kTileLines, n_lines - tile * kTileLines);
        attend(std::span(lines_).subspan(kv_head * n_lines + tile * kTileLines, n),
               pass_of(cache, kv_head, options), kernels, scratch_[thread]);
    });
}

void CpuBackend::attend(std::span<const QueryLine> lines, const AttentionPass& pass,
                        const AttentionKernels& kernels, Scratch& scratch) {
    const int width = padded(pass.head_dim);
    const auto n = static_cast<int>(lines.size());
    assert(n <= kTileLines);
    float* room =
        scratch.get<float>(tile_room(pass.head_dim) + std::size_t{2} * kTileLines * width);
    float* values = room + tile_room(pass.head_dim);
    LineState total[kTileLines], part[kTileLines];
    point_states({total, lines.size()}, values, width);
    point_states({part, lines.size()}, values + n * width, width);
    const Span seen = seen_by(lines);
    const std::int64_t begin = seen.first / kChunkKeys * kChunkKeys;
    kernels.chunk(lines.data(), total, n, pass, begin, std::min(begin + kChunkKeys, seen.end),
                  room);
    for (std::int64_t row = begin + kChunkKeys; row < seen.end; row += kChunkKeys) {
        kernels.chunk(lines.data(), part, n, pass, row, std::min(row + kChunkKeys, seen.end), room);
        kernels_.merge(total, part, n, pass.head_dim);
    }
    kernels_.finish(lines.data(), total, n, pass.head_dim);
}

/// Few queries: the chunks of keys are shared among the threads, then merged in order.
void CpuBackend::attend_by_chunks(LayerKv cache, std::int64_t n_lines,
                                  const AttentionOptions& options) {
    const std::int64_t n_kv_heads = cache.k.shape[0];
    const auto head_dim = static_cast<int>(cache.k.shape[2]);
    const Span seen = seen_by(lines_);
    const std::int64_t first_chunk = seen.first / kChunkKeys;
    const std::int64_t n_chunks = chunks_of(seen.end) - first_chunk;
    const auto n_all = static_cast<std::int64_t>(lines_.size());
    states_.resize(n_chunks * n_all);
    point_states(states_, shared_scratch_.get<float>(states_.size() * padded(head_dim)),
                 padded(head_dim));
    const AttentionKernels& kernels = attention_kernels(cache.k.dtype);
    pool_.parallel_for(n_chunks * n_kv_heads, [&](std::int64_t task, int thread) {
        const std::int64_t kv_head = task % n_kv_heads, chunk = task / n_kv_heads;
        const std::int64_t begin = (first_chunk + chunk) * kChunkKeys;
        kernels.chunk(&lines_[kv_head * n_lines], &states_[chunk * n_all + kv_head * n_lines],
                      static_cast<int>(n_lines), pass_of(cache, kv_head, options), begin,
                      std::min(begin + kChunkKeys, seen.end),
                      scratch_[thread].get<float>(tile_room(head_dim)));
    });
    for_rows(n_all, n_chunks * head_dim, [&](std::int64_t begin, std::int64_t end) {
        const auto n = static_cast<int>(end - begin);
        for (std::int64_t c = 1; c < n_chunks; ++c)
            kernels_.merge(&states_[begin], &states_[c * n_all + begin], n, head_dim);
        kernels_.finish(&lines_[begin], &states_[begin], n, head_dim);
    });
}

void CpuBackend::attention_mass(TensorView mass, TensorView q, LayerKv cache, TensorView rows,
                                TensorView positions, const AttentionOptions& options,
                                TensorView row_weights) {
    if (q.rows() == 0) return;
    const std::int64_t n_kv_heads = cache.k.shape[0];
    set_lines({}, q, cache, rows, positions, options.window);
    const auto n_all = static_cast<std::int64_t>(lines_.size());
    const auto n_lines = static_cast<int>(n_all / n_kv_heads);
    const Span seen = seen_by(lines_);
    const std::int64_t n_chunks = chunks_of(seen.end);
    const AttentionKernels& kernels = attention_kernels(cache.k.dtype);
    const std::size_t room = tile_room(static_cast<int>(cache.k.shape[2]));
    const auto for_chunks = [&](std::int64_t n_rows, const auto& body) {
        pool_.parallel_for(chunks_of(n_rows), [&](std::int64_t chunk, int thread) {
            const std::int64_t begin = chunk * kChunkKeys;
            for (std::int64_t h = 0; h < n_kv_heads; ++h) {
                AttentionPass pass = pass_of(cache, h, options);
                pass.v = nullptr;
                body(chunk, h, pass, begin, std::min(begin + kChunkKeys, n_rows),
                     scratch_[thread].get<float>(room));
            }
        });
    };
    states_.assign(n_chunks * n_all, {});
    for_chunks(seen.end, [&](std::int64_t chunk, std::int64_t h, const AttentionPass& pass,
                             std::int64_t begin, std::int64_t end, float* scratch) {
        kernels.chunk(&lines_[h * n_lines], &states_[chunk * n_all + h * n_lines], n_lines, pass,
                      begin, end, scratch);
    });
    for (std::int64_t c = 1; c < n_chunks; ++c)
        kernels_.merge(states_.data(), &states_[c * n_all], static_cast<int>(n_all), 0);
    // Each task owns its rows of the mass and adds the lines in order.
    for_chunks(std::min(seen.end, mass.shape.n_elements()),
               [&](std::int64_t, std::int64_t h, const AttentionPass& pass, std::int64_t begin,
                   std::int64_t end, float* scratch) {
                   float* to = mass.as<float>() + begin;
                   float own[kChunkKeys] = {};
                   kernels.mass(row_weights.data ? own : to, &lines_[h * n_lines],
                                &states_[h * n_lines], n_lines, pass, begin, end, scratch);
                   if (!row_weights.data) return;
                   const float* weight = row_weights.as<float>() + h * row_weights.shape[1] + begin;
                   for (std::int64_t i = 0; i < end - begin; ++i) to[i] += weight[i] * own[i];
               });
}

void CpuBackend::encoder_attention(TensorView out, TensorView q, TensorView k, TensorView v,
                                   std::span<const std::int32_t> offsets, float scale) {
    if (offsets.size() < 2) return;
    const std::int64_t n_heads = q.shape[1], head_dim = q.shape[2];
    const auto n_sequences = static_cast<std::int64_t>(offsets.size()) - 1;
    pool_.parallel_for(n_sequences * n_heads, [&](std::int64_t task, int thread) {
        const std::int64_t h = task % n_heads, begin = offsets[task / n_heads];
        const std::int64_t n = offsets[task / n_heads + 1] - begin;
        const auto at = [&](std::int64_t j) { return ((begin + j) * n_heads + h) * head_dim; };
        const AttentionPass pass{.k = k.as<float>() + at(0),
                                 .v = v.as<float>() + at(0),
                                 .k_scale = nullptr,
                                 .v_scale = nullptr,
                                 .stride = n_heads * head_dim,
                                 .head_dim = static_cast<int>(head_dim),
                                 .scale = scale,
                                 .softcap = 0.0f};
        QueryLine lines[kTileLines];
        for (std::int64_t first = 0; first < n; first += kTileLines) {
            const std::int64_t m = std::min<std::int64_t>(kTileLines, n - first);
            for (std::int64_t j = 0; j < m; ++j)
                lines[j] = {.q = q.as<float>() + at(first + j),
                            .out = out.as<float>() + at(first + j),
                            .first = 0,
                            .end = n};
            attend({lines, static_cast<std::size_t>(m)}, pass, kernels_.attention_f32,
                   scratch_[thread]);
        }
    });
}

}  // namespace lectern
