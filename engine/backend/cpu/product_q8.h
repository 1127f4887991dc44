// Bodies of the int8 products: 4 k of 16 outputs a step. Every path adds the same terms to an
// output in the same order, block after block:
//   dot = Σ (q_w − zero) · q_x            exact, in i32
//   sum = fma(dot, scale_w · scale_x, sum)
//   sum = fma(offset_w, scale_x · Σ q_x, sum)   where the format has an offset
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/quantised_format.h"

namespace lectern {

template <class L, QuantFormat f>
struct ProductQ8 {
    using F = typename L::F;
    using I = typename L::I;
    using B = typename L::B;

    static constexpr int kGroups = f.n_groups();
    static constexpr int kGroupSteps = kBlockSteps / kGroups;
    static constexpr bool kIsWide = f.low_bits == 8;  ///< q may exceed 127

    /// Step S of a block of one strip.
    template <int S>
    static B unpack_step(const std::uint8_t* block) {
        constexpr int kPerLow = 8 / f.low_bits, kLowMask = (1 << f.low_bits) - 1;
        const B low = L::template bits<f.low_bits*(S % kPerLow), kLowMask>(
            L::load_bytes(block + kStepBytes * (S / kPerLow)));
        if constexpr (f.high_bits == 0) {
            return low;
        } else {
            constexpr int kPerHigh = 8 / f.high_bits;
            constexpr int kHighMask = ((1 << f.high_bits) - 1) << f.low_bits;
            const std::uint8_t* plane = block + kStepBytes * f.low_bits;
            const B high = L::template bits<f.high_bits*(S % kPerHigh) - f.low_bits, kHighMask>(
                L::load_bytes(plane + kStepBytes * (S / kPerHigh)));
            return L::or_bytes(low, high);
        }
    }

    /// Scales of the block at `block` of the strip's stream: scale[g], offset[g].
    struct Scales {
        F d = L::zero(), dmin = L::zero();

        /// Called before the first block of a unit; `unit` points at its scales.
        void begin(const std::uint8_t* unit) {
            d = L::load(reinterpret_cast<const std::uint16_t*>(unit));
            if constexpr (f.has_offset)
                dmin = L::load(reinterpret_cast<const std::uint16_t*>(unit) + kStripOutputs);
        }
        const std::uint8_t* group(const std::uint8_t* unit, int g) const {
            constexpr int n = f.has_offset ? 2 : 1;
            return unit + n * kStripOutputs * (2 + g);
        }
        F scale(const std::uint8_t* unit, int g) const {
            if constexpr (!f.is_super) return d;
            return L::mul(
                d, f.signed_scales ? L::load_i8(group(unit, g)) : L::load_u8(group(unit, g)));
        }
        F offset(const std::uint8_t* unit, int g) const {
            if constexpr (!f.is_super) return dmin;
            const F min = L::mul(dmin, L::load_u8(group(unit, g) + kStripOutputs));
            return L::sub(L::zero(), min);
        }
    };

    /// What a group's dot product starts from, so that it comes out as Σ (q_w − zero) · q_x.
    static I start(const ActivationBlock& x, int g) {
        if constexpr (f.zero_shift < 0) return L::int_zero();
        I minus;
        if constexpr (kGroups == 1)
            minus = L::int_set1(x.minus_sum);
        else
            minus = g == 0 ? L::int_set1(x.minus_first_half)
                           : L::int_set1(x.minus_sum - x.minus_first_half);
        return L::template int_shift_left < f.zero_shift < 0 ? 0 : f.zero_shift > (minus);
    }
    static float scaled_sum(const ActivationBlock& x, int g) {
        if constexpr (kGroups == 1) return x.scaled_sum;
        return x.scale *
               static_cast<float>(g == 0 ? -x.minus_first_half : x.minus_first_half - x.minus_sum);
    }
    static F finish(F sum, I dot, F scale, F offset, const ActivationBlock& x, int g) {
        sum = L::fma(L::to_float(dot), L::mul(scale, L::set1(x.scale)), sum);
        if constexpr (f.has_offset) sum = L::fma(offset, L::set1(scaled_sum(x, g)), sum);
        return sum;
    }

    // Few rows: a panel (two strips) streams from memory once, unpacked in registers.

    /// A part of a panel that one group of rows passes over before the next group does, while the
    /// part behind it comes into the caches: 8 blocks, or fewer at the end.
    struct Span {
        StripView strips[2];
        StripView ahead[2];
        int n_blocks;
    };

    template <int kRows>
    static void span_tile(float* acc, const ActivationBlock* x, std::int64_t x_stride,
                          const Span& span) {
        F sum[kRows][2];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            sum[r][0] = L::load(acc + r * kPanelOutputs);
            sum[r][1] = L::load(acc + r * kPanelOutputs + kStripOutputs);
        }
        Scales scales[2];
        const std::uint8_t* units[2] = {span.strips[0].scales, span.strips[1].scales};
        for (int b = 0; b < span.n_blocks; ++b) {
            const std::size_t at = b * f.block_bytes();
            if (b % f.unit_blocks() == 0) {
                if (b > 0) units[0] += f.unit_bytes(), units[1] += f.unit_bytes();
                scales[0].begin(units[0]);
                scales[1].begin(units[1]);
                fetch(span, b / f.unit_blocks() * f.unit_bytes(), f.unit_bytes(),
                      &StripView::scales);
            }
            fetch(span, at, f.block_bytes(), &StripView::quants);
            const std::uint8_t* quants[2] = {span.strips[0].quants + at,
                                             span.strips[1].quants + at};
            span_block<kRows>(sum, x + b, x_stride, quants, units, scales,
                              b % f.unit_blocks() * kGroups);
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            L::store(acc + r * kPanelOutputs, sum[r][0]);
            L::store(acc + r * kPanelOutputs + kStripOutputs, sum[r][1]);
        }
    }

    static void fetch(const Span& span, std::size_t at, std::size_t n,
                      const std::uint8_t* StripView::*stream) {
        if (!span.ahead[0].quants) return;
        for (const StripView& strip : span.ahead)
            for (std::size_t i = 0; i < n; i += 64) L::prefetch(strip.*stream + at + i);
    }

    template <int kRows>
    static void span_block(F (*sum)[2], const ActivationBlock* x, std::int64_t x_stride,
                           const std::uint8_t* const* quants, const std::uint8_t* const* units,
                           const Scales* scales, int first_group) {
        [&]<int... G>(std::integer_sequence<int, G...>) {
            (span_group<kRows, G>(sum, x, x_stride, quants, units, scales, first_group + G), ...);
        }
        (std::make_integer_sequence<int, kGroups>{});
    }

    template <int kRows, int G>
    static void span_group(F (*sum)[2], const ActivationBlock* x, std::int64_t x_stride,
                           const std::uint8_t* const* quants, const std::uint8_t* const* units,
                           const Scales* scales, int group) {
        I dot[kRows][2];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) dot[r][0] = dot[r][1] = start(x[r * x_stride], G);
        [&]<int... S>(std::integer_sequence<int, S...>) {
            (add_step<kRows, G * kGroupSteps + S>(dot, x, x_stride, quants), ...);
        }
        (std::make_integer_sequence<int, kGroupSteps>{});
#pragma GCC unroll 2
        for (int s = 0; s < 2; ++s) {
            const F scale = scales[s].scale(units[s], group);
            F offset = L::zero();
            if constexpr (f.has_offset) offset = scales[s].offset(units[s], group);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r)
                sum[r][s] = finish(sum[r][s], dot[r][s], scale, offset, x[r * x_stride], G);
        }
    }

    template <int kRows, int S>
    static void add_step(I (*dot)[2], const ActivationBlock* x, std::int64_t x_stride,
                         const std::uint8_t* const* quants) {
        const B w0 = unpack_step<S>(quants[0]), w1 = unpack_step<S>(quants[1]);
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            const I a = L::broadcast4(x[r * x_stride].q + 4 * S);
            dot[r][0] = L::template dot4<kIsWide>(dot[r][0], w0, a);
            dot[r][1] = L::template dot4<kIsWide>(dot[r][1], w1, a);
        }
    }

    /// acc[n_rows, 32] += rows of x times the panel.
    static void panel(float* acc, const ActivationBlock* x, std::int64_t x_stride, int n_rows,
                      const StripView* strips, const StripView* next, std::int64_t n_blocks) {
        Span span;
        for (std::int64_t b = 0; b < n_blocks; b += kSlabBlocks) {
            const bool is_last = b + kSlabBlocks >= n_blocks;
            for (int s = 0; s < 2; ++s) {
                span.strips[s] = block_at(f, strips[s], b);
                span.ahead[s] = is_last ? next[s] : block_at(f, strips[s], b + kSlabBlocks);
            }
            span.n_blocks = static_cast<int>(std::min<std::int64_t>(kSlabBlocks, n_blocks - b));
            int r = 0;
            const auto take = [&]<int kRows>(std::integral_constant<int, kRows>) {
                if constexpr (kRows <= L::kStreamRows)
                    for (; r + kRows <= n_rows; r += kRows) {
                        span_tile<kRows>(acc + r * kPanelOutputs, x + r * x_stride + b, x_stride,
                                         span);
                        span.ahead[0].quants = nullptr;  // the first group has asked for it
                    }
            };
            take(std::integral_constant<int, 4>{});
            take(std::integral_constant<int, 2>{});
            take(std::integral_constant<int, 1>{});
        }
    }

    // Many rows: blocks of two strips are unpacked once into a slab that all rows pass over.

    static void unpack(WeightSlab& slab, const StripView* strips, std::int64_t first_block,
                       int n_blocks) {
        for (int s = 0; s < 2; ++s) {
            auto [quants, unit] = block_at(f, strips[s], first_block);
            Scales scales;
            for (int b = 0; b < n_blocks; ++b) {
                if (b % f.unit_blocks() == 0) scales.begin(unit);
                unpack_block(slab.q[b], s, quants);
                for (int g = 0; g < kGroups; ++g) {
                    const int group = b % f.unit_blocks() * kGroups + g;
                    L::store(slab.scale[b * kGroups + g][s], scales.scale(unit, group));
                    if constexpr (f.has_offset)
                        L::store(slab.offset[b * kGroups + g][s], scales.offset(unit, group));
                }
                quants += f.block_bytes();
                if ((b + 1) % f.unit_blocks() == 0) unit += f.unit_bytes();
            }
        }
    }

    static void unpack_block(std::uint8_t (*q)[2][kStepBytes], int s, const std::uint8_t* quants) {
        [&]<int... S>(std::integer_sequence<int, S...>) {
            (L::store_bytes(q[S][s], unpack_step<S>(quants)), ...);
        }
        (std::make_integer_sequence<int, kBlockSteps>{});
    }

    /// Cache lines that are needed soon, asked for a few at a time while products go on.
    class Ahead {
      public:
        Ahead(const StripView* strips, int n_steps) {
            constexpr int kQuants = kSlabBlocks * static_cast<int>(f.block_bytes()) / 64;
            constexpr int kScales =
                (kSlabBlocks / f.unit_blocks() * static_cast<int>(f.unit_bytes()) + 63) / 64;
            parts_[0] = {strips[0].quants, kQuants};
            parts_[1] = {strips[1].quants, kQuants};
            parts_[2] = {strips[0].scales, kScales};
            parts_[3] = {strips[1].scales, kScales};
            n_per_step_ = (2 * (kQuants + kScales) + n_steps - 1) / n_steps;
        }
        void step() {
            for (int i = 0; i < n_per_step_ && part_ < 4; ++i) {
                L::prefetch(parts_[part_].bytes + 64 * line_);
                if (++line_ < parts_[part_].n_lines) continue;
                line_ = 0;
                ++part_;
            }
        }

      private:
        struct Part {
            const std::uint8_t* bytes = nullptr;
            int n_lines = 0;
        };
        Part parts_[4];
        int n_per_step_;
        int part_ = 0, line_ = 0;
    };

    template <int kRows>
    static void slab_tile(float* acc, const ActivationBlock* x, std::int64_t x_stride,
                          const WeightSlab& slab, int n_blocks, Ahead& ahead) {
        F sum[kRows][2];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            sum[r][0] = L::load(acc + r * kPanelOutputs);
            sum[r][1] = L::load(acc + r * kPanelOutputs + kStripOutputs);
        }
        for (int b = 0; b < n_blocks; ++b) {
            ahead.step();
#pragma GCC unroll 2
            for (int g = 0; g < kGroups; ++g) slab_group<kRows>(sum, x + b, x_stride, slab, b, g);
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            L::store(acc + r * kPanelOutputs, sum[r][0]);
            L::store(acc + r * kPanelOutputs + kStripOutputs, sum[r][1]);
        }
    }

    template <int kRows>
    static void slab_group(F (*sum)[2], const ActivationBlock* x, std::int64_t x_stride,
                           const WeightSlab& slab, int b, int g) {
        I dot[kRows][2];
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) dot[r][0] = dot[r][1] = start(x[r * x_stride], g);
#pragma GCC unroll 8
        for (int s = g * kGroupSteps; s < (g + 1) * kGroupSteps; ++s) {
            const B w0 = L::load_bytes(slab.q[b][s][0]), w1 = L::load_bytes(slab.q[b][s][1]);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const I a = L::broadcast4(x[r * x_stride].q + 4 * s);
                dot[r][0] = L::template dot4<kIsWide>(dot[r][0], w0, a);
                dot[r][1] = L::template dot4<kIsWide>(dot[r][1], w1, a);
            }
        }
#pragma GCC unroll 2
        for (int s = 0; s < 2; ++s) {
            const F scale = L::load(slab.scale[b * kGroups + g][s]);
            F offset = L::zero();
            if constexpr (f.has_offset) offset = L::load(slab.offset[b * kGroups + g][s]);
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r)
                sum[r][s] = finish(sum[r][s], dot[r][s], scale, offset, x[r * x_stride], g);
        }
    }

    /// acc[n_rows, 32] += rows of x times the slab.
    static void slab(float* acc, const ActivationBlock* x, std::int64_t x_stride, int n_rows,
                     const WeightSlab& slab, int n_blocks, const StripView* next) {
        Ahead ahead(next, n_blocks * ((n_rows + L::kRowTile - 1) / L::kRowTile));
        int r = 0;
        const auto take = [&]<int kRows>(std::integral_constant<int, kRows>, int at_least) {
            if constexpr (kRows <= L::kRowTile)
                for (; n_rows - r >= at_least; r += kRows)
                    slab_tile<kRows>(acc + r * kPanelOutputs, x + r * x_stride, x_stride, slab,
                                     n_blocks, ahead);
        };
        // 7, 8 and 9 rows are better cut 4 + … than 6 + ….
        constexpr std::integral_constant<int, L::kRowTile> kWhole;
        if constexpr (L::kRowTile > 4) {
            take(kWhole, 10);
            if (n_rows - r == L::kRowTile) take(kWhole, L::kRowTile);
            take(std::integral_constant<int, 4>{}, 4);
            take(std::integral_constant<int, 2>{}, 2);
        } else {
            take(kWhole, L::kRowTile);
        }
        take(std::integral_constant<int, 1>{}, 1);
    }
};

/// Rows of f32 → blocks of int8.
template <class L>
struct QuantiseRows {
    static void run(ActivationBlock* out, const float* x, std::int64_t n_blocks) {
        for (std::int64_t b = 0; b < n_blocks; ++b, x += kBlockDepth) {
            const auto lo = L::load(x), hi = L::load(x + 16);
            const float most = L::largest(L::max(L::abs(lo), L::abs(hi)));
            ActivationBlock& block = out[b];
            block.scale = most / 127.0f;
            const auto inverse = L::set1(most > 0.0f ? 127.0f / most : 0.0f);
            const auto first = L::to_int(L::mul(lo, inverse));
            const auto second = L::to_int(L::mul(hi, inverse));
            L::store_i8(block.q, first);
            L::store_i8(block.q + 16, second);
            block.minus_first_half = -L::int_sum(first);
            block.minus_sum = block.minus_first_half - L::int_sum(second);
            block.scaled_sum = block.scale * static_cast<float>(-block.minus_sum);
        }
    }
};

}  // namespace lectern
