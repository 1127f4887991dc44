// The body of the product with plain weights: a register tile of rows × 32 outputs over one panel.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/kernels.h"

namespace lectern {

template <class L>
struct ProductF32 {
    using F = typename L::F;

    template <int kRows, class T>
    static void tile(float* acc, const float* x, std::int64_t x_stride, const T* panel, int n_k) {
        F sum[kRows][2];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            sum[r][0] = L::load(acc + r * kPanelOutputs);
            sum[r][1] = L::load(acc + r * kPanelOutputs + 16);
        }
        for (int k = 0; k < n_k; ++k) {
            const F w0 = L::load(panel + k * kPanelOutputs);
            const F w1 = L::load(panel + k * kPanelOutputs + 16);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const F a = L::set1(x[r * x_stride + k]);
                sum[r][0] = L::fma(a, w0, sum[r][0]);
                sum[r][1] = L::fma(a, w1, sum[r][1]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            L::store(acc + r * kPanelOutputs, sum[r][0]);
            L::store(acc + r * kPanelOutputs + 16, sum[r][1]);
        }
    }

    template <class T>
    static void run(float* acc, const float* x, std::int64_t x_stride, const void* panel,
                    int n_rows, int n_k) {
        const T* p = static_cast<const T*>(panel);
        int r = 0;
        for (; r + L::kRowTile <= n_rows; r += L::kRowTile)
            tile<L::kRowTile>(acc + r * kPanelOutputs, x + r * x_stride, x_stride, p, n_k);
        for (; r + 2 <= n_rows; r += 2)
            tile<2>(acc + r * kPanelOutputs, x + r * x_stride, x_stride, p, n_k);
        for (; r < n_rows; ++r)
            tile<1>(acc + r * kPanelOutputs, x + r * x_stride, x_stride, p, n_k);
    }
};

}  // namespace lectern
