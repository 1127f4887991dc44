// Products with K formats (8-bit scales below an f16 a super-block) on int8 dot products. Scales
// stay integers until the super-block's end, which leaves the multipliers to the dot products.
// Every path adds the same terms to an output in the same order, super-block after super-block:
//   dot    = Σ (q_w − zero) · q_x over a group, exact, in i32
//   part   = dot / 2^shift · the block's fraction, rounded to i16
//   total  = Σ scale_8bit · part                            exact, in i32: pairs of groups a step
//   lost   = Σ min_8bit · (8 · fraction · Σ q_x)            the same
//   sum    = fma(d · 2^shift · total − dmin / 8 · lost, scale_x, sum)
#pragma once

#include "engine/backend/cpu/product_frame.h"

namespace lectern {

template <class L, QuantFormat f>
struct ProductSuper {
    using F = typename L::F;
    using I = typename L::I;
    using B = typename L::B;
    using X = ActivationSuper;
    using Frame = ProductFrame<L, f, ProductSuper>;
    using Steps = PackedSteps<L, f>;

    static constexpr int kRowTile = L::kSuperRows;
    static constexpr bool kIsHalved = f.group == 16;  ///< a pair is a block's two groups, else two
                                                      ///< blocks
    static constexpr int kPairs = kIsHalved ? kSuperBlocks : kSuperBlocks / 2;
    static constexpr int kGroupSteps = f.group / 4;
    static constexpr int kShift = f.dot_shift();
    static_assert(f.is_super);

    static constexpr int block_of(int pair, int half) { return kIsHalved ? pair : 2 * pair + half; }

    /// What a group's dot product starts from: its zero, and what makes its shift round, up in one
    /// of a pair's halves and down in the other.
    template <int kHalf>
    static I start(const X& x, int pair) {
        constexpr int kRounding = kShift == 0 ? 0 : (1 << kShift >> 1) - 1 + kHalf;
        if constexpr (f.zero_shift < 0) {
            return L::int_set1(kRounding);
        } else {
            // Kept with the rounding of the largest zero; for a smaller one that bit drops out.
            static_assert(kIsHalved && kRounding == (f.zero_shift == kHalfZeroShift ? kHalf : 0));
            const I zero = L::int_set1(x.half_zero[2 * pair + kHalf]);
            if constexpr (f.zero_shift == kHalfZeroShift) return zero;
            return L::template int_shift_right<kHalfZeroShift - f.zero_shift>(zero);
        }
    }

    /// The two groups of a pair: total += scales · parts. weights(block,
    /// std::integral_constant<int, S>, strip) gives a step.
    template <int kRows, class Weights>
    [[gnu::always_inline]] static void add_pair(I (*total)[2], const X* x, std::int64_t x_stride,
                                                int pair, const I* scales, const Weights& weights) {
        I low[kRows][2], high[kRows][2];
        group<kRows, 0>(low, x, x_stride, pair, weights);
        group<kRows, 1>(high, x, x_stride, pair, weights);
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) {
            const X& row = x[r * x_stride];
            const I fractions =
                L::broadcast_pair(kIsHalved ? row.fractions[pair] : row.fraction + 2 * pair);
#pragma GCC unroll 2
            for (int s = 0; s < 2; ++s) {
                const I dots = L::join_halves(L::template int_shift_right<kShift>(low[r][s]),
                                              L::template int_shift_left<16 - kShift>(high[r][s]));
                total[r][s] =
                    L::dot2(total[r][s], L::multiply_fractions(dots, fractions), scales[s]);
            }
        }
    }

    template <int kRows, int kHalf, class Weights>
    [[gnu::always_inline]] static void group(I (*dot)[2], const X* x, std::int64_t x_stride,
                                             int pair, const Weights& weights) {
        const int block = block_of(pair, kHalf);
        constexpr int kFirst = kIsHalved ? kHalf * kGroupSteps : 0;
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) dot[r][0] = dot[r][1] = start<kHalf>(x[r * x_stride], pair);
        const auto step = [&]<int S>(std::integral_constant<int, S> at)
            __attribute__((always_inline)) {
            const B w0 = weights(block, at, 0), w1 = weights(block, at, 1);
#pragma GCC unroll 4
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast4(x[r * x_stride].q + kBlockDepth * block + 4 * S);
                dot[r][0] = L::template dot4<false>(dot[r][0], w0, a);
                dot[r][1] = L::template dot4<false>(dot[r][1], w1, a);
            }
        };
        [&]<int... S>(std::integer_sequence<int, S...>) __attribute__((always_inline)) {
            (step(std::integral_constant<int, kFirst + S>{}), ...);
        }
        (std::make_integer_sequence<int, kGroupSteps>{});
    }

    /// The sums of x that a pair's mins meet.
    static I sums(const X& x, int pair) {
        return L::broadcast_pair((kIsHalved ? x.half_sum : x.sum) + 2 * pair);
    }
    static F finish(F sum, I total, I lost, F d, F dmin, const X& x) {
        F value = L::mul(L::to_float(total), d);
        if constexpr (f.has_offset) value = L::fma(L::to_float(lost), dmin, value);
        return L::fma(value, L::set1(x.scale), sum);
    }

    // A unit of scales, as quantised_format.h describes it.

    static I scale_pair(const std::uint8_t* unit, int pair) {
        return L::template byte_pairs<f.signed_scales>(unit + f.scale_at(2 * pair, 0));
    }
    static I min_pair(const std::uint8_t* unit, int pair) {
        return L::template byte_pairs<false>(unit + f.min_at(2 * pair, 0));
    }
    static F d_at(const std::uint8_t* unit) {
        return L::mul(L::load(reinterpret_cast<const std::uint16_t*>(unit)), L::set1(1 << kShift));
    }
    static F dmin_at(const std::uint8_t* unit) {
        if constexpr (f.has_offset)
            return L::mul(L::load(reinterpret_cast<const std::uint16_t*>(unit) + kStripOutputs),
                          L::set1(-0.125f));
        else
            return L::zero();
    }

    template <int kRows>
    static void span_tile(float* acc, const X* x, std::int64_t x_stride, const PanelSpan& span) {
        const std::uint8_t* units[2] = {span.strips[0].scales, span.strips[1].scales};
        Frame::fetch(span, 0, f.unit_bytes(), &StripView::scales);
        I total[kRows][2];
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) total[r][0] = total[r][1] = L::int_zero();
        const auto weights = [&]<int S>(int block, std::integral_constant<int, S>, int s) {
            return Steps::template unpack<S>(span.strips[s].quants + block * f.block_bytes());
        };
        constexpr std::size_t kPairBytes = kSuperBlocks / kPairs * f.block_bytes();
        for (int pair = 0; pair < kPairs; ++pair) {
            Frame::fetch(span, pair * kPairBytes, kPairBytes, &StripView::quants);
            const I scales[2] = {scale_pair(units[0], pair), scale_pair(units[1], pair)};
            add_pair<kRows>(total, x, x_stride, pair, scales, weights);
        }
#pragma GCC unroll 2
        for (int s = 0; s < 2; ++s) {
            I lost[kRows];
            for (int r = 0; r < kRows; ++r) lost[r] = L::int_zero();
            if constexpr (f.has_offset)
                for (int pair = 0; pair < kPairs; ++pair) {
                    const I mins = min_pair(units[s], pair);
                    for (int r = 0; r < kRows; ++r)
                        lost[r] = L::dot2(lost[r], sums(x[r * x_stride], pair), mins);
                }
            add_unit<kRows>(acc, s, total, lost, d_at(units[s]), dmin_at(units[s]), x, x_stride);
        }
    }

    /// One strip's share of acc.
    template <int kRows>
    static void add_unit(float* acc, int s, const I (*total)[2], const I* lost, F d, F dmin,
                         const X* x, std::int64_t x_stride) {
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) {
            float* to = acc + r * kPanelOutputs + s * kStripOutputs;
            L::store(to, finish(L::load(to), total[r][s], lost[r], d, dmin, x[r * x_stride]));
        }
    }

    static void unpack(WeightSlab& slab, const StripView* strips, std::int64_t first_block,
                       int n_blocks) {
        for (int s = 0; s < 2; ++s) {
            const auto [quants, unit] = block_at(f, strips[s], first_block);
            for (int b = 0; b < n_blocks; ++b)
                Steps::unpack_block(slab.q[b], s, quants + b * f.block_bytes());
            for (int pair = 0; pair < kPairs; ++pair) {
                L::store_int(slab.scale_pairs[pair][s], scale_pair(unit, pair));
                if constexpr (f.has_offset)
                    L::store_int(slab.min_pairs[pair][s], min_pair(unit, pair));
            }
            L::store(slab.d[s], d_at(unit));
            L::store(slab.dmin[s], dmin_at(unit));
        }
    }

    template <int kRows>
    static void slab_tile(float* acc, const X* x, std::int64_t x_stride, const WeightSlab& slab,
                          int, Ahead<L, f>& ahead) {
        I total[kRows][2];
#pragma GCC unroll 4
        for (int r = 0; r < kRows; ++r) total[r][0] = total[r][1] = L::int_zero();
        const auto weights = [&]<int S>(int block, std::integral_constant<int, S>, int s) {
            return L::load_bytes(slab.q[block][S][s]);
        };
        for (int pair = 0; pair < kPairs; ++pair) {
            for (int b = 0; b < kSuperBlocks / kPairs; ++b) ahead.step();
            const I scales[2] = {L::load_int(slab.scale_pairs[pair][0]),
                                 L::load_int(slab.scale_pairs[pair][1])};
            add_pair<kRows>(total, x, x_stride, pair, scales, weights);
        }
#pragma GCC unroll 2
        for (int s = 0; s < 2; ++s) {
            I lost[kRows];
#pragma GCC unroll 4
            for (int r = 0; r < kRows; ++r) lost[r] = L::int_zero();
            if constexpr (f.has_offset)
#pragma GCC unroll 8
                for (int pair = 0; pair < kPairs; ++pair) {
                    const I mins = L::load_int(slab.min_pairs[pair][s]);
#pragma GCC unroll 4
                    for (int r = 0; r < kRows; ++r)
                        lost[r] = L::dot2(lost[r], sums(x[r * x_stride], pair), mins);
                }
            add_unit<kRows>(acc, s, total, lost, L::load(slab.d[s]), L::load(slab.dmin[s]), x,
                            x_stride);
        }
    }
};

}  // namespace lectern
