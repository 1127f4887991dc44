// A tile of keys and values as f32: attention of the reference path and of encoders.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L>
struct FloatTile {
    using F = typename L::F;
    static constexpr int kVectors = kTileKeys / 16;

    const float* keys;    ///< [head_dim, 64]
    const float* values;  ///< [64, padded head_dim]; null: not wanted
    std::int64_t first_row;
    int n_rows;  ///< that hold data
    int head_dim;

    /// Rows [row, row + n_rows) of the pass, laid out in `room`.
    static FloatTile load(const AttentionPass& pass, std::int64_t row, int n_rows, int /*n_lines*/,
                          float* room) {
        float* keys = room;
        float* values = room + kTileKeys * padded(pass.head_dim);
        transpose_keys(keys, static_cast<const float*>(pass.k) + row * pass.stride, pass, n_rows);
        if (pass.v)
            pad_values(values, static_cast<const float*>(pass.v) + row * pass.stride, pass, n_rows);
        return {keys, pass.v ? values : nullptr, row, n_rows, pass.head_dim};
    }

    /// out[head_dim, 64]; keys behind the last are 0.
    static void transpose_keys(float* out, const float* k, const AttentionPass& pass, int n_rows) {
        for (int j = 0; j < kTileKeys; j += 16)
            for (int d = 0; d < pass.head_dim; d += 16) {
                const int n = RowKernels<L>::left(pass.head_dim, d);
                F block[16];
                for (int i = 0; i < 16; ++i)
                    block[i] =
                        j + i < n_rows ? L::load_n(k + (j + i) * pass.stride + d, n) : L::zero();
                L::transpose(block);
                for (int i = 0; i < n; ++i) L::store(out + (d + i) * kTileKeys + j, block[i]);
            }
    }

    static void pad_values(float* out, const float* v, const AttentionPass& pass, int n_rows) {
        const int width = padded(pass.head_dim);
        for (int j = 0; j < n_rows; ++j)
            for (int d = 0; d < width; d += 16)
                L::store(out + j * width + d,
                         L::load_n(v + j * pass.stride + d, RowKernels<L>::left(pass.head_dim, d)));
    }

    /// scores[kRows, 64] = q · keys, one fma a step of head_dim.
    template <int kRows>
    void dot(float* scores, const QueryLine* lines) const {
        F sum[kRows][kVectors];
        const float* q[kRows];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            q[r] = static_cast<const float*>(lines[r].q);
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) sum[r][i] = L::zero();
        }
        const float* row = keys;
        for (int d = 0; d < head_dim; ++d, row += kTileKeys) {
            F k[kVectors];
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) k[i] = L::load(row + 16 * i);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const F a = L::set1(q[r][d]);
#pragma GCC unroll 4
                for (int i = 0; i < kVectors; ++i) sum[r][i] = L::fma(a, k[i], sum[r][i]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i) L::store(scores + r * kTileKeys + 16 * i, sum[r][i]);
    }

    /// The weights of kRows lines as products take them.
    template <int kRows>
    struct Weights {
        const float* w;  ///< [kRows, 64]

        Weights(const FloatTile&, const float* weights) : w(weights) {}
    };

    /// acc[r, 16 · kWidth] = acc · shrink[r] + Σ weights[r, j] · values[j, d …], ascending in j.
    template <int kRows, int kWidth>
    void accumulate(float* const* acc, const float* shrink, const Weights<kRows>& weights,
                    int d) const {
        F sum[kRows][kWidth];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i)
                sum[r][i] = L::mul(L::load(acc[r] + 16 * i), L::set1(shrink[r]));
        const int width = padded(head_dim);
        const float* row = values + d;
        for (int j = 0; j < n_rows; ++j, row += width) {
            F v[kWidth];
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) v[i] = L::load(row + 16 * i);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const F w = L::set1(weights.w[r * kTileKeys + j]);
#pragma GCC unroll 4
                for (int i = 0; i < kWidth; ++i) sum[r][i] = L::fma(w, v[i], sum[r][i]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 4
            for (int i = 0; i < kWidth; ++i) L::store(acc[r] + 16 * i, sum[r][i]);
    }
};

}  // namespace lectern
