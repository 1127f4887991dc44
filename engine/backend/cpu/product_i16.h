// The body of the product of 16-bit integers: a register tile of rows × 32 outputs over a whole
// panel. Sums are exact in i32 (kLongestI16), so their order is free.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/backend/cpu/kernels.h"

namespace lectern {

template <class L>
struct ProductI16 {
    using F = typename L::F;
    using I = typename L::I;

    template <int kRows>
    static void tile(const PanelI16& p, std::int64_t first_row) {
        I sum[kRows][2];
        const std::int16_t* x[kRows];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            sum[r][0] = sum[r][1] = L::int_zero();
            x[r] = p.x + (first_row + r) * p.n_in;
        }
        const std::int16_t* w = p.weights;
        for (std::int64_t k = 0; k < p.n_in; k += 2, w += 2 * kPanelOutputs) {
            const I w0 = L::load_int(w), w1 = L::load_int(w + kPanelOutputs);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast_pair(x[r] + k);
                sum[r][0] = L::dot2(sum[r][0], a, w0);
                sum[r][1] = L::dot2(sum[r][1], a, w1);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 2
            for (int s = 0; s < 2; ++s) finish(p, first_row + r, 16 * s, sum[r][s]);
    }

    static void finish(const PanelI16& p, std::int64_t row, int at, I sum) {
        const int n = std::clamp(p.n_out - at, 0, 16);
        const F scale = L::mul(L::load(p.scales + at), L::set1(p.x_scales[row]));
        F value = L::mul(L::to_float(sum), scale);
        if (p.bias) value = L::add(value, L::load_n(p.bias + at, n));
        L::store_n(p.out + row * p.out_stride + at, value, n);
    }

    static void run(const PanelI16& p) {
        std::int64_t r = 0;
        for (; r + L::kRowTile <= p.n_rows; r += L::kRowTile) tile<L::kRowTile>(p, r);
        for (; r + 2 <= p.n_rows; r += 2) tile<2>(p, r);
        for (; r < p.n_rows; ++r) tile<1>(p, r);
    }
};

}  // namespace lectern
