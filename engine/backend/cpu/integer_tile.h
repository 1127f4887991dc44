// A tile of keys and values as i16 with a scale a row: attention of the working cache, whose
// integers are read where they lie (cache_tile.h). Dot products of pairs run at twice the speed of
// fma and are exact, so they have one value in any order.
//
//   score = Σ q_i · k_i (i32)                               · q_scale · k_scale
//   value = Σ over the tile of w_i · v_i (i32)              · unit
//
// with w_i = 2^(s − largest) · v_scale / unit rounded, and the unit as small as kTileWeights and
// kValueLimits let it be: a key's weight is as fine as its tile needs, however heavy keys elsewhere
// are.
//
// Many lines take both sums by halves (Winograd's identity, product_i16.h), with half the
// multiplications: exact modulo 2^32 and so, because the sums themselves fit, the same integers.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/cache_tile.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L>
struct IntegerTile {
    using F = typename L::F;
    using I = typename L::I;
    static constexpr int kVectors = kTileKeys / 16;
    /// Lines from which the tile's own halves are worth their sums.
    static constexpr int kManyLines = 24;
    /// Vectors of a register tile of products by halves.
    static constexpr int kHalvesWidth = 2;

    const std::int16_t* keys;        ///< [head_dim / 2, 64, 2]
    const std::int16_t* values;      ///< [32, head_dim, 2]; null: not wanted
    const float* k_scale;            ///< [64], zeros behind the last row
    const float* v_scale;            ///< as k_scale
    const std::int32_t* own_keys;    ///< [64], each key's FactorI16::own_half; null: no halves
    const std::int32_t* own_values;  ///< [padded head_dim]: the same of an element over the rows
    std::int64_t first_row;
    int n_rows;  ///< that hold data
    int head_dim;
    mutable int n_fetched = 0;  ///< elements of the next tile's keys that were asked for

    /// Rows [row, row + n_rows) of the pass for n_lines lines; what goes with them lies in `room`.
    static IntegerTile load(const AttentionPass& pass, std::int64_t row, int n_rows, int n_lines,
                            float* room) {
        const std::int64_t skip = CacheTile{pass.head_dim}.begin(row);
        IntegerTile tile{
            .keys = static_cast<const std::int16_t*>(pass.k) + skip,
            .values = pass.v ? static_cast<const std::int16_t*>(pass.v) + skip : nullptr,
            .k_scale = copy_scales(room, pass.k_scale + row, n_rows),
            .v_scale = nullptr,
            .own_keys = nullptr,
            .own_values = nullptr,
            .first_row = row,
            .n_rows = n_rows,
            .head_dim = pass.head_dim};
        if (pass.v) tile.v_scale = copy_scales(room + kTileKeys, pass.v_scale + row, n_rows);
        // Rows behind the last hold anything: their sums by halves need not be exact.
        const bool has_halves = n_rows == kTileKeys && pass.head_dim % 4 == 0;
        if (L::kHasFreeAdds && has_halves && n_lines >= kManyLines) {
            auto* own = reinterpret_cast<std::int32_t*>(room + 2 * kTileKeys);
            tile.own_keys = own;
            tile.sum_own_keys(own);
            if (pass.v) {
                tile.own_values = own + kTileKeys;
                tile.sum_own_values(own + kTileKeys);
            }
        }
        return tile;
    }

    static const float* copy_scales(float* out, const float* scale, int n_rows) {
        for (int j = 0; j < kTileKeys; j += 16) L::store(out + j, L::load_n(scale + j, n_rows - j));
        return out;
    }

    void sum_own_keys(std::int32_t* out) const {
        const std::int16_t *low = keys, *high = keys + head_dim / 2 * kTileKeys;
        I sum[kVectors];
        for (I& s : sum) s = L::int_zero();
        for (int d = 0; d < head_dim / 2; d += 2, low += 2 * kTileKeys, high += 2 * kTileKeys)
            for (int i = 0; i < kVectors; ++i)
                sum[i] = L::dot2(sum[i], L::load_int(low + 32 * i), L::load_int(high + 32 * i));
        for (int i = 0; i < kVectors; ++i) L::store_int(out + 16 * i, sum[i]);
    }

    void sum_own_values(std::int32_t* out) const {
        for (int d = 0; d < head_dim; d += 16) {
            const int n = RowKernels<L>::left(head_dim, d);
            const std::int16_t *low = values + 2 * d, *high = low + kTileKeys / 2 * head_dim;
            I sum = L::int_zero();
            for (int j = 0; j < kTileKeys / 2; j += 2, low += 2 * head_dim, high += 2 * head_dim)
                sum = L::dot2(sum, L::load_int_n(low, n), L::load_int_n(high, n));
            L::store_int(out + d, sum);
        }
    }

    /// Asks for n more vectors of the next tile's keys, and of its values, while products go on.
    void fetch(int n) const {
        const int size = kTileKeys * head_dim;
        for (; n > 0 && n_fetched < size; --n, n_fetched += 32) {
            L::prefetch(keys + size + n_fetched);
            if (values) L::prefetch(values + size + n_fetched);
        }
    }

    /// scores[kRows, 64] = q · keys.
    template <int kRows>
    void dot(float* scores, const QueryLine* lines) const {
        if (!own_keys) return dot_plainly<kRows>(scores, lines);
        for (int i = 0; i < kVectors; i += kHalvesWidth) dot_halves<kRows>(scores, lines, i);
    }

    template <int kRows>
    void dot_plainly(float* scores, const QueryLine* lines) const {
        I sum[kRows][kVectors];
        const std::int16_t* q[kRows];
        start(sum, q, lines);
        const std::int16_t* pairs = keys;
        for (int d = 0; d < head_dim; d += 2, pairs += 2 * kTileKeys) {
            I k[kVectors];
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) k[i] = L::load_int(pairs + 32 * i);
            fetch(2);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast_pair(q[r] + d);
#pragma GCC unroll 4
                for (int i = 0; i < kVectors; ++i) sum[r][i] = L::dot2(sum[r][i], a, k[i]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) finish_line(scores + r * kTileKeys, sum[r], lines[r], 0);
    }

    /// Of keys [16 · first, 16 · (first + kHalvesWidth)).
    template <int kRows>
    void dot_halves(float* scores, const QueryLine* lines, int first) const {
        I sum[kRows][kHalvesWidth];
        const std::int16_t* q[kRows];
        start(sum, q, lines);
        const int half = head_dim / 2;
        const std::int16_t *low = keys + 32 * first, *high = low + half * kTileKeys;
        for (int d = 0; d < half; d += 2, low += 2 * kTileKeys, high += 2 * kTileKeys) {
            I lower[kHalvesWidth], upper[kHalvesWidth];
#pragma GCC unroll 4
            for (int i = 0; i < kHalvesWidth; ++i) {
                lower[i] = L::load_int(low + 32 * i);
                upper[i] = L::load_int(high + 32 * i);
            }
            fetch(1);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) add_halves(sum[r], q[r] + d, half, lower, upper);
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            take_own(sum[r], lines[r].own_half, own_keys + 16 * first);
            finish_line(scores + r * kTileKeys, sum[r], lines[r], first);
        }
    }

    /// One step of a product by halves: the pairs at x and x + half with those of the tile.
    template <int kWidth>
    [[gnu::always_inline]] static void add_halves(I (&sum)[kWidth], const std::int16_t* x, int half,
                                                  const I (&lower)[kWidth],
                                                  const I (&upper)[kWidth]) {
        const I a = L::broadcast_pair(x), b = L::broadcast_pair(x + half);
#pragma GCC unroll 4
        for (int i = 0; i < kWidth; ++i)
            sum[i] = L::dot2(sum[i], L::add_pairs(a, upper[i]), L::add_pairs(b, lower[i]));
    }

    /// What the halves of either factor make alone.
    template <int kWidth>
    [[gnu::always_inline]] static void take_own(I (&sum)[kWidth], std::int32_t own_half,
                                                const std::int32_t* of_tile) {
        const I own = L::int_set1(own_half);
#pragma GCC unroll 4
        for (int i = 0; i < kWidth; ++i)
            sum[i] = L::int_sub(sum[i], L::int_add(own, L::load_int(of_tile + 16 * i)));
    }

    template <int kRows, int kWidth>
    static void start(I (&sum)[kRows][kWidth], const std::int16_t* (&q)[kRows],
                      const QueryLine* lines) {
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            q[r] = static_cast<const std::int16_t*>(lines[r].q);
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) sum[r][i] = L::int_zero();
        }
    }

    template <int kWidth>
    void finish_line(float* scores, const I (&sum)[kWidth], const QueryLine& line,
                     int first) const {
        const F q_scale = L::set1(line.q_scale);
#pragma GCC unroll 4
        for (int i = 0; i < kWidth; ++i) {
            const int at = 16 * (first + i);
            const F scale = L::mul(L::load(k_scale + at), q_scale);
            L::store(scores + at, L::mul(L::to_float(sum[i]), scale));
        }
    }

    /// The weights of kRows lines as products take them.
    template <int kRows>
    struct Weights {
        std::int16_t w[kRows][kTileKeys];
        F unit[kRows];
        std::int32_t own_half[kRows];  ///< where products go by halves

        /// weights: f32 [kRows, 64].
        Weights(const IntegerTile& tile, const float* weights) {
            for (int r = 0; r < kRows; ++r) {
                F scaled[kVectors], total = L::zero(), most = L::zero();
                for (int i = 0; i < kVectors; ++i) {
                    scaled[i] = L::mul(L::load(weights + r * kTileKeys + 16 * i),
                                       L::load(tile.v_scale + 16 * i));
                    total = L::add(total, scaled[i]);
                    most = L::max(most, scaled[i]);
                }
                const float by_sum = L::sum(total) * (1.0f / kTileWeights);
                const float by_largest = L::largest(most) * (1.0f / kValueLimits.largest);
                const float step = by_sum > by_largest ? by_sum : by_largest;
                const F inverse = L::set1(step > 1e-35f ? 1.0f / step : 0.0f);
                unit[r] = L::set1(step);
                for (int i = 0; i < kVectors; ++i)
                    L::store_n(w[r] + 16 * i, L::to_int(L::mul(scaled[i], inverse)), 16);
                if (tile.own_values)
                    own_half[r] = L::int_sum(L::dot2(L::int_zero(), L::load_int(w[r]),
                                                     L::load_int(w[r] + kTileKeys / 2)));
            }
        }
    };

    /// acc[r, 16 · kWidth] = acc · shrink[r] + Σ weights[r, j] · values[j, d …].
    template <int kRows, int kWidth>
    void accumulate(float* const* acc, const float* shrink, const Weights<kRows>& weights,
                    int d) const {
        if (!own_values) return accumulate_plainly<kRows, kWidth>(acc, shrink, weights, d);
        constexpr int kStep = kWidth % kHalvesWidth == 0 ? kHalvesWidth : 1;
        for (int i = 0; i < kWidth; i += kStep)
            accumulate_halves<kRows, kStep>(acc, shrink, weights, i, d);
    }

    /// Sixteen pairs at p; of the last vector, which may be part of one, those inside head_dim.
    template <int kWidth>
    I load_values(const std::int16_t* p, int i, int d) const {
        if constexpr (kWidth == 1) return L::load_int_n(p, head_dim - d);
        return L::load_int(p + 32 * i);
    }

    template <int kRows, int kWidth>
    void accumulate_plainly(float* const* acc, const float* shrink, const Weights<kRows>& weights,
                            int d) const {
        I sum[kRows][kWidth];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) sum[r][i] = L::int_zero();
        const std::int16_t* pairs = values + 2 * d;
        for (int j = 0; j < n_rows; j += 2, pairs += 2 * head_dim) {
            I v[kWidth];
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) v[i] = load_values<kWidth>(pairs, i, d);
            fetch(2);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I w = L::broadcast_pair(weights.w[r] + j);
#pragma GCC unroll 4
                for (int i = 0; i < kWidth; ++i) sum[r][i] = L::dot2(sum[r][i], w, v[i]);
            }
        }
        add_sums(acc, 0, shrink, sum, weights.unit);
    }

    /// Of vectors [first, first + kWidth) from d on.
    template <int kRows, int kWidth>
    void accumulate_halves(float* const* acc, const float* shrink, const Weights<kRows>& weights,
                           int first, int d) const {
        d += 16 * first;
        I sum[kRows][kWidth];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) sum[r][i] = L::int_zero();
        constexpr int kHalf = kTileKeys / 2;
        const std::int16_t *low = values + 2 * d, *high = low + kHalf * head_dim;
        for (int j = 0; j < kHalf; j += 2, low += 2 * head_dim, high += 2 * head_dim) {
            I lower[kWidth], upper[kWidth];
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) {
                lower[i] = load_values<kWidth>(low, i, d);
                upper[i] = load_values<kWidth>(high, i, d);
            }
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r)
                add_halves(sum[r], weights.w[r] + j, kHalf, lower, upper);
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) take_own(sum[r], weights.own_half[r], own_values + d);
        add_sums(acc, 16 * first, shrink, sum, weights.unit);
    }

    template <int kRows, int kWidth>
    static void add_sums(float* const* acc, int at, const float* shrink,
                         const I (&sum)[kRows][kWidth], const F* unit) {
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) {
                const F before = L::mul(L::load(acc[r] + at + 16 * i), L::set1(shrink[r]));
                L::store(acc[r] + at + 16 * i, L::fma(L::to_float(sum[r][i]), unit[r], before));
            }
    }
};

}  // namespace lectern
