// The body of the product of 16-bit integers: a register tile of rows × 32 outputs over a whole
// panel, by Winograd's identity (1968): with h = n / 2 and own(v) = Σ_k<h v[k] v[k + h],
//
//   Σ_k<n x[k] w[k] = Σ_k<h (x[k] + w[k + h]) (x[k + h] + w[k]) − own(x) − own(w)
//
// halves the multiplications; the additions in their place run beside them. Every sum is exact in
// its type (kFactorLimits), so their order is free.
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
        const std::int64_t half = p.n_in / 2;
        const std::int16_t* low = p.weights;
        const std::int16_t* high = p.weights + half * kPanelOutputs;
        for (std::int64_t k = 0; k < half; k += 2) {
            const I low0 = L::load_int(low), low1 = L::load_int(low + kPanelOutputs);
            const I high0 = L::load_int(high), high1 = L::load_int(high + kPanelOutputs);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast_pair(x[r] + k), b = L::broadcast_pair(x[r] + half + k);
                sum[r][0] = L::dot2(sum[r][0], L::add_pairs(a, high0), L::add_pairs(b, low0));
                sum[r][1] = L::dot2(sum[r][1], L::add_pairs(a, high1), L::add_pairs(b, low1));
            }
            low += 2 * kPanelOutputs;
            high += 2 * kPanelOutputs;
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r)
#pragma GCC unroll 2
            for (int s = 0; s < 2; ++s) finish(p, first_row + r, 16 * s, sum[r][s]);
    }

    static void finish(const PanelI16& p, std::int64_t row, int at, I sum) {
        const int n = std::clamp(p.n_out - at, 0, 16);
        const FactorI16& x = p.rows[row];
        const I own = L::int_add(L::int_set1(x.own_half), L::load_int(p.outputs->own_half + at));
        const F scale = L::mul(L::load(p.outputs->scale + at), L::set1(x.scale));
        F value = L::mul(L::to_float(L::int_sub(sum, own)), scale);
        if (p.bias) value = L::add(value, L::load_n(p.bias + at, n));
        L::store_n(p.out + row * p.out_stride + at, value, n);
    }

    static void run(const PanelI16& p) {
        std::int64_t r = 0;
        for (; r + L::kRowTile <= p.n_rows; r += L::kRowTile) tile<L::kRowTile>(p, r);
        if constexpr (L::kRowTile > 3)
            for (; r + 3 <= p.n_rows; r += 3) tile<3>(p, r);
        for (; r < p.n_rows; ++r) tile<1>(p, r);
    }
};

}  // namespace lectern
