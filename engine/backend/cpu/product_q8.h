// Products with simple formats (a scale every 32 k) on int8 dot products: 4 k of 16 outputs a step.
// Every path adds the same terms to an output in the same order, block after block:
//   dot = Σ (q_w − zero) · q_x            exact, in i32
//   sum = fma(dot, scale_w · scale_x, sum)
//   sum = fma(offset_w, scale_x · Σ q_x, sum)   where the format has an offset
#pragma once

#include "engine/backend/cpu/product_frame.h"

namespace lectern {

template <class L, QuantFormat f>
struct ProductQ8 {
    using F = typename L::F;
    using I = typename L::I;
    using B = typename L::B;
    using X = ActivationBlock;
    using Frame = ProductFrame<L, f, ProductQ8>;
    using Steps = PackedSteps<L, f>;

    static constexpr int kRowTile = L::kRowTile;
    static constexpr bool kIsWide = f.low_bits == 8;  ///< q may exceed 127
    static_assert(!f.is_super && f.group == kBlockDepth);

    static F scale_at(const std::uint8_t* unit) {
        return L::load(reinterpret_cast<const std::uint16_t*>(unit));
    }
    static F offset_at(const std::uint8_t* unit) {
        return L::load(reinterpret_cast<const std::uint16_t*>(unit) + kStripOutputs);
    }

    /// What a block's dot product starts from, so that it comes out as Σ (q_w − zero) · q_x.
    static I start(const X& x) {
        if constexpr (f.zero_shift < 0)
            return L::int_zero();
        else
            return L::template int_shift_left<f.zero_shift>(L::int_set1(x.minus_sum));
    }
    static F finish(F sum, I dot, F scale, F offset, const X& x) {
        sum = L::fma(L::to_float(dot), L::mul(scale, L::set1(x.scale)), sum);
        if constexpr (f.has_offset) sum = L::fma(offset, L::set1(x.scaled_sum), sum);
        return sum;
    }

    template <int kRows>
    static void add_step(I (*dot)[2], const X* x, std::int64_t x_stride, int step, B w0, B w1) {
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            const I a = L::broadcast4(x[r * x_stride].q + 4 * step);
            dot[r][0] = L::template dot4<kIsWide>(dot[r][0], w0, a);
            dot[r][1] = L::template dot4<kIsWide>(dot[r][1], w1, a);
        }
    }

    template <int kRows>
    static void span_tile(float* acc, const X* x, std::int64_t x_stride, const PanelSpan& span) {
        F sum[kRows][2];
        Frame::template load_sums<kRows>(sum, acc);
        for (int b = 0; b < span.n_blocks; ++b, ++x) {
            Frame::fetch(span, b * f.block_bytes(), f.block_bytes(), &StripView::quants);
            Frame::fetch(span, b * f.unit_bytes(), f.unit_bytes(), &StripView::scales);
            const StripView strips[2] = {block_at(f, span.strips[0], b),
                                         block_at(f, span.strips[1], b)};
            I dot[kRows][2];
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) dot[r][0] = dot[r][1] = start(x[r * x_stride]);
            [&]<int... S>(std::integer_sequence<int, S...>) {
                (add_step<kRows>(dot, x, x_stride, S, Steps::template unpack<S>(strips[0].quants),
                                 Steps::template unpack<S>(strips[1].quants)),
                 ...);
            }
            (std::make_integer_sequence<int, kBlockSteps>{});
#pragma GCC unroll 2
            for (int s = 0; s < 2; ++s) {
                const F scale = scale_at(strips[s].scales);
                F offset = L::zero();
                if constexpr (f.has_offset) offset = offset_at(strips[s].scales);
#pragma GCC unroll 8
                for (int r = 0; r < kRows; ++r)
                    sum[r][s] = finish(sum[r][s], dot[r][s], scale, offset, x[r * x_stride]);
            }
        }
        Frame::template store_sums<kRows>(acc, sum);
    }

    static void unpack(WeightSlab& slab, const StripView* strips, std::int64_t first_block,
                       int n_blocks) {
        for (int s = 0; s < 2; ++s)
            for (int b = 0; b < n_blocks; ++b) {
                const StripView from = block_at(f, strips[s], first_block + b);
                Steps::unpack_block(slab.q[b], s, from.quants);
                L::store(slab.scale[b][s], scale_at(from.scales));
                if constexpr (f.has_offset) L::store(slab.offset[b][s], offset_at(from.scales));
            }
    }

    template <int kRows>
    static void slab_tile(float* acc, const X* x, std::int64_t x_stride, const WeightSlab& slab,
                          int n_blocks, Ahead<L, f>& ahead) {
        F sum[kRows][2];
        Frame::template load_sums<kRows>(sum, acc);
        for (int b = 0; b < n_blocks; ++b, ++x) {
            ahead.step();
            I dot[kRows][2];
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) dot[r][0] = dot[r][1] = start(x[r * x_stride]);
#pragma GCC unroll 8
            for (int s = 0; s < kBlockSteps; ++s)
                add_step<kRows>(dot, x, x_stride, s, L::load_bytes(slab.q[b][s][0]),
                                L::load_bytes(slab.q[b][s][1]));
#pragma GCC unroll 2
            for (int s = 0; s < 2; ++s) {
                const F scale = L::load(slab.scale[b][s]);
                F offset = L::zero();
                if constexpr (f.has_offset) offset = L::load(slab.offset[b][s]);
#pragma GCC unroll 8
                for (int r = 0; r < kRows; ++r)
                    sum[r][s] = finish(sum[r][s], dot[r][s], scale, offset, x[r * x_stride]);
            }
        }
        Frame::template store_sums<kRows>(acc, sum);
    }
};

}  // namespace lectern
