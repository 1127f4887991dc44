// How products walk a packed weight, whatever its format: panels of two strips, streamed from
// memory for few rows, or unpacked into slabs that many rows pass over. `Tiles` does the
// arithmetic.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/quantised_format.h"

namespace lectern {

/// A part of a panel that one group of rows passes over before the next group does, while the part
/// behind it comes into the caches: 8 blocks, or fewer at the end.
struct PanelSpan {
    StripView strips[2];
    StripView ahead[2];
    int n_blocks;
};

/// Cache lines that are needed soon, asked for a few at a time while products go on.
template <class L, QuantFormat f>
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

template <class L, QuantFormat f>
struct PackedSteps {
    using B = typename L::B;

    /// Step S of a block of one strip.
    template <int S>
    static B unpack(const std::uint8_t* block) {
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

    static void unpack_block(std::uint8_t (*q)[2][kStepBytes], int s, const std::uint8_t* quants) {
        [&]<int... S>(std::integer_sequence<int, S...>) {
            (L::store_bytes(q[S][s], unpack<S>(quants)), ...);
        }
        (std::make_integer_sequence<int, kBlockSteps>{});
    }
};

/// Tiles: `X`, a row's activations for one unit of the format's blocks; `kRowTile`, rows of a
/// slab's tile; span_tile<kRows> and slab_tile<kRows>, which add to acc[kRows, 32].
template <class L, QuantFormat f, class Tiles>
struct ProductFrame {
    using X = typename Tiles::X;

    /// As QuantKernels::panel.
    static void panel(float* acc, const void* x, std::int64_t x_stride, int n_rows,
                      const StripView* strips, const StripView* next, std::int64_t n_blocks) {
        PanelSpan span;
        for (std::int64_t b = 0; b < n_blocks; b += kSlabBlocks) {
            const bool is_last = b + kSlabBlocks >= n_blocks;
            for (int s = 0; s < 2; ++s) {
                span.strips[s] = block_at(f, strips[s], b);
                span.ahead[s] = is_last ? next[s] : block_at(f, strips[s], b + kSlabBlocks);
            }
            span.n_blocks = static_cast<int>(std::min<std::int64_t>(kSlabBlocks, n_blocks - b));
            const X* units = static_cast<const X*>(x) + b / f.unit_blocks();
            int r = 0;
            const auto take = [&]<int kRows>(std::integral_constant<int, kRows>) {
                if constexpr (kRows <= L::kStreamRows)
                    for (; r + kRows <= n_rows; r += kRows) {
                        Tiles::template span_tile<kRows>(acc + r * kPanelOutputs,
                                                         units + r * x_stride, x_stride, span);
                        span.ahead[0].quants = nullptr;  // the first group has asked for it
                    }
            };
            take(std::integral_constant<int, 4>{});
            take(std::integral_constant<int, 2>{});
            take(std::integral_constant<int, 1>{});
        }
    }

    /// Asks for n bytes of the part ahead.
    static void fetch(const PanelSpan& span, std::size_t at, std::size_t n,
                      const std::uint8_t* StripView::*stream) {
        if (!span.ahead[0].quants) return;
        for (const StripView& strip : span.ahead)
            for (std::size_t i = 0; i < n; i += 64) L::prefetch(strip.*stream + at + i);
    }

    /// As QuantKernels::slab.
    static void slab(float* acc, const void* x, std::int64_t x_stride, int n_rows,
                     const WeightSlab& slab, int n_blocks, const StripView* next) {
        constexpr int kTile = Tiles::kRowTile;
        Ahead<L, f> ahead(next, n_blocks * ((n_rows + kTile - 1) / kTile));
        const X* units = static_cast<const X*>(x);
        int r = 0;
        const auto take = [&]<int kRows>(std::integral_constant<int, kRows>, int at_least) {
            if constexpr (kRows <= kTile)
                for (; n_rows - r >= at_least; r += kRows)
                    Tiles::template slab_tile<kRows>(acc + r * kPanelOutputs, units + r * x_stride,
                                                     x_stride, slab, n_blocks, ahead);
        };
        // 7, 8 and 9 rows are better cut 4 + … than 6 + ….
        constexpr std::integral_constant<int, kTile> kWhole;
        if constexpr (kTile > 4) {
            take(kWhole, 10);
            if (n_rows - r == kTile) take(kWhole, kTile);
            take(std::integral_constant<int, 4>{}, 4);
        } else {
            take(kWhole, kTile);
        }
        take(std::integral_constant<int, 2>{}, 2);
        take(std::integral_constant<int, 1>{}, 1);
    }

    template <int kRows>
    static void load_sums(typename L::F (*sum)[2], const float* acc) {
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            sum[r][0] = L::load(acc + r * kPanelOutputs);
            sum[r][1] = L::load(acc + r * kPanelOutputs + kStripOutputs);
        }
    }
    template <int kRows>
    static void store_sums(float* acc, const typename L::F (*sum)[2]) {
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
            L::store(acc + r * kPanelOutputs, sum[r][0]);
            L::store(acc + r * kPanelOutputs + kStripOutputs, sum[r][1]);
        }
    }
};

}  // namespace lectern
