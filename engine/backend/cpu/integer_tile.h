// A tile of keys and values as i16 with a scale a row: attention of the working cache. Dot products
// of pairs run at twice the speed of fma and are exact, so they have one value in any order.
//
//   score = Σ q_i · k_i (i32)                               · q_scale · k_scale
//   value = Σ over the tile of w_i · v_i (i32)              · unit
//
// with w_i = 2^(s − largest) · v_scale / unit rounded, and the unit such that a tile's w_i add up
// to kTileWeights: a key's weight is as fine as its tile needs, however heavy keys elsewhere are.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L>
struct IntegerTile {
    using F = typename L::F;
    using I = typename L::I;
    static constexpr int kVectors = kTileKeys / 16;

    const std::int16_t* keys;    ///< [head_dim / 2, 64, 2]
    const std::int16_t* values;  ///< [32, padded head_dim, 2]: rows by pairs; null: not wanted
    const float* k_scale;        ///< [64], zeros behind the last row
    const float* v_scale;        ///< as k_scale
    std::int64_t first_row;
    int n_rows;  ///< that hold data
    int head_dim;

    /// Rows [row, row + n_rows) of the pass, laid out in `room`. Pre: head_dim is even.
    static IntegerTile load(const AttentionPass& pass, std::int64_t row, int n_rows, float* room) {
        auto* keys = reinterpret_cast<std::int16_t*>(room);
        std::int16_t* values = keys + kTileKeys * padded_pairs(pass.head_dim);
        float* k_scale =
            room + kTileKeys / 2 * (padded_pairs(pass.head_dim) + padded(pass.head_dim));
        float* v_scale = k_scale + kTileKeys;
        transpose_keys(keys, static_cast<const std::int16_t*>(pass.k) + row * pass.stride, pass,
                       n_rows);
        copy_scales(k_scale, pass.k_scale + row, n_rows);
        if (pass.v) {
            pair_values(values, static_cast<const std::int16_t*>(pass.v) + row * pass.stride, pass,
                        n_rows);
            copy_scales(v_scale, pass.v_scale + row, n_rows);
        }
        return {keys, pass.v ? values : nullptr, k_scale, v_scale, row, n_rows, pass.head_dim};
    }

    static void copy_scales(float* out, const float* scale, int n_rows) {
        for (int j = 0; j < kTileKeys; j += 16) L::store(out + j, L::load_n(scale + j, n_rows - j));
    }

    /// Pairs of one key's neighbouring elements become columns; keys behind the last are 0.
    static void transpose_keys(std::int16_t* out, const std::int16_t* k, const AttentionPass& pass,
                               int n_rows) {
        const int n_pairs = pass.head_dim / 2;
        for (int j = 0; j < kTileKeys; j += 16, k += 16 * pass.stride)
            for (int p = 0; p < n_pairs; p += 16) {
                const int n = RowKernels<L>::left(n_pairs, p), n_keys = n_rows - j;
                I block[16];
                if (n == 16 && n_keys >= 16)
                    for (int i = 0; i < 16; ++i)
                        block[i] = L::load_int(k + i * pass.stride + 2 * p);
                else
                    for (int i = 0; i < 16; ++i)
                        block[i] = i < n_keys ? L::load_int_n(k + i * pass.stride + 2 * p, n)
                                              : L::int_zero();
                L::transpose(block);
                std::int16_t* to = out + 2 * (p * kTileKeys + j);
                if (n == 16)
                    for (int i = 0; i < 16; ++i) L::store_int(to + 2 * i * kTileKeys, block[i]);
                else
                    for (int i = 0; i < n; ++i) L::store_int(to + 2 * i * kTileKeys, block[i]);
            }
    }

    /// An element of two neighbouring rows side by side; the row behind an odd last one is 0.
    static void pair_values(std::int16_t* out, const std::int16_t* v, const AttentionPass& pass,
                            int n_rows) {
        const int width = padded(pass.head_dim);
        const bool is_whole = width == pass.head_dim;
        for (int j = 0; j < n_rows; j += 2, out += 2 * width, v += 2 * pass.stride) {
            const std::int16_t* below = j + 1 < n_rows ? v + pass.stride : nullptr;
            if (is_whole && below)
                for (int d = 0; d < width; d += 16)
                    L::store_int(out + 2 * d, L::interleave(v + d, below + d));
            else
                for (int d = 0; d < width; d += 16)
                    L::store_int(out + 2 * d, L::interleave(v + d, below ? below + d : nullptr,
                                                            RowKernels<L>::left(pass.head_dim, d)));
        }
    }

    /// scores[kRows, 64] = q · keys.
    template <int kRows>
    void dot(float* scores, const QueryLine* lines) const {
        I sum[kRows][kVectors];
        const std::int16_t* q[kRows];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            q[r] = static_cast<const std::int16_t*>(lines[r].q);
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) sum[r][i] = L::int_zero();
        }
        const std::int16_t* pairs = keys;
        for (int d = 0; d < head_dim; d += 2, pairs += 2 * kTileKeys) {
            I k[kVectors];
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) k[i] = L::load_int(pairs + 32 * i);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast_pair(q[r] + d);
#pragma GCC unroll 4
                for (int i = 0; i < kVectors; ++i) sum[r][i] = L::dot2(sum[r][i], a, k[i]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            const F q_scale = L::set1(lines[r].q_scale);
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) {
                const F scale = L::mul(L::load(k_scale + 16 * i), q_scale);
                L::store(scores + r * kTileKeys + 16 * i, L::mul(L::to_float(sum[r][i]), scale));
            }
        }
    }

    /// The weights of kRows lines as products take them.
    template <int kRows>
    struct Weights {
        std::int16_t w[kRows][kTileKeys];
        F unit[kRows];

        /// weights: f32 [kRows, 64].
        Weights(const IntegerTile& tile, const float* weights) {
            for (int r = 0; r < kRows; ++r) {
                F scaled[kVectors], total = L::zero();
                for (int i = 0; i < kVectors; ++i) {
                    scaled[i] = L::mul(L::load(weights + r * kTileKeys + 16 * i),
                                       L::load(tile.v_scale + 16 * i));
                    total = L::add(total, scaled[i]);
                }
                const float sum = L::sum(total);
                const F inverse = L::set1(sum > 1e-30f ? kTileWeights / sum : 0.0f);
                unit[r] = L::set1(sum * (1.0f / kTileWeights));
                for (int i = 0; i < kVectors; ++i)
                    L::store_n(w[r] + 16 * i, L::to_int(L::mul(scaled[i], inverse)), 16);
            }
        }
    };

    /// acc[r, 16 · kWidth] = acc · shrink[r] + Σ weights[r, j] · values[j, d …].
    template <int kRows, int kWidth>
    void accumulate(float* const* acc, const float* shrink, const Weights<kRows>& weights,
                    int d) const {
        I sum[kRows][kWidth];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) sum[r][i] = L::int_zero();
        const int width = padded(head_dim);
        const std::int16_t* pairs = values + 2 * d;
        for (int j = 0; j < n_rows; j += 2, pairs += 2 * width) {
            I v[kWidth];
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) v[i] = L::load_int(pairs + 32 * i);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I w = L::broadcast_pair(weights.w[r] + j);
#pragma GCC unroll 4
                for (int i = 0; i < kWidth; ++i) sum[r][i] = L::dot2(sum[r][i], w, v[i]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) {
                const F before = L::mul(L::load(acc[r] + 16 * i), L::set1(shrink[r]));
                L::store(acc[r] + 16 * i, L::fma(L::to_float(sum[r][i]), weights.unit[r], before));
            }
    }
};

}  // namespace lectern
