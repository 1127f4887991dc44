// The inner loops of the CPU backend as a table of functions, one table an instruction set. Every
// table gives the same bits: all are made from the same bodies over sixteen lanes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/quantised_format.h"

namespace lectern {

/// Outputs of one panel of a packed weight: products walk panels.
inline constexpr int kPanelOutputs = 32;
/// Elements of k that one pass over a panel of plain weights covers; a multiple of every block.
inline constexpr int kPanelDepth = 256;

/// Tells bf16 bits from f16's std::uint16_t.
struct Bf16 {
    std::uint16_t bits;
};

/// The widest head the backend keeps on its stack.
inline constexpr int kMaxHeadDim = 1024;

/// Keys of a tile and of a chunk of attention: fixed, because the order of sums follows them.
inline constexpr int kTileKeys = 64;
inline constexpr int kChunkKeys = 512;

/// How far a vector rounded to i16 may reach: in one element, and in length.
struct Int16Limits {
    float largest = 32767.0f;
    float longest = 1e30f;
};
/// Of vectors whose dot product always fits 32 bits, rounding included: |a · b| ≤ |a| |b|
/// (Cauchy–Schwarz). The sum of two elements fits 16.
inline constexpr Int16Limits kDotLimits{.largest = 16383.0f, .longest = 46000.0f};
/// Of factors of a product by halves (PanelI16): their sums fit 16 bits, and the products of those
/// 32, since (|a₁| + |b₂|)(|a₂| + |b₁|) ≤ 2 · longest².
inline constexpr Int16Limits kFactorLimits{.largest = 16383.0f, .longest = 32500.0f};
/// Of values and of the i16 weights of a tile of keys, which add up to kTileWeights at most, so
/// that their sum of any values fits.
inline constexpr Int16Limits kValueLimits{.largest = 16383.0f};
inline constexpr float kTileWeights = 131000.0f;

/// head_dim up to whole vectors.
constexpr int padded(int head_dim) { return (head_dim + 15) / 16 * 16; }

/// One query head; sees rows [first, end).
struct QueryLine {
    const void* q = nullptr;    ///< [head_dim], rotated: f32 or i16
    float* out = nullptr;       ///< [head_dim]
    float q_scale = 1.0f;       ///< of i16
    std::int32_t own_half = 0;  ///< of i16, as in FactorI16
    std::int64_t first = 0;
    std::int64_t end = 0;
};

/// An unfinished softmax: Σ 2^(s − largest) and the values weighted so, scores in base 2.
struct LineState {
    float* values = nullptr;  ///< [padded head_dim]; null where only the sums are wanted
    float largest = 0.0f;
    float sum = 0.0f;
};

/// The keys and values that lines share: row r at r · stride elements, those of i16 by tiles
/// (cache_tile.h).
struct AttentionPass {
    const void* k = nullptr;
    const void* v = nullptr;         ///< null: only largest and sum
    const float* k_scale = nullptr;  ///< of row r at r; i16 only
    const float* v_scale = nullptr;
    std::int64_t stride = 0;  ///< f32 only
    int head_dim = 0;
    float scale = 1.0f;
    float softcap = 0.0f;
};

/// Of one type of keys and values. `room` is tile_room(head_dim) floats, aligned. begin is a
/// multiple of kChunkKeys; the rows to end hold data.
struct AttentionKernels {
    /// States of the lines over rows [begin, end) alone, end − begin ≤ kChunkKeys.
    void (*chunk)(const QueryLine* lines, LineState* states, int n_lines, const AttentionPass& pass,
                  std::int64_t begin, std::int64_t end, float* room);
    /// mass[r − begin] += Σ over lines of their normalised weight on row r.
    void (*mass)(float* mass, const QueryLine* lines, const LineState* total, int n_lines,
                 const AttentionPass& pass, std::int64_t begin, std::int64_t end, float* room);
};
constexpr std::size_t tile_room(int head_dim) {
    return std::size_t{2} * kTileKeys * padded(head_dim);
}

/// Products with one packed format (quantised_format.h). x: rows of ActivationBlock, or of
/// ActivationSuper for K types; x_stride in those.
struct QuantKernels {
    /// acc[n_rows, 32] += x · panel, for a few rows: its two strips stream from memory once. `next`
    /// are the strips that follow: towards the end their beginning comes into the caches.
    void (*panel)(float* acc, const void* x, std::int64_t x_stride, int n_rows,
                  const StripView* strips, const StripView* next, std::int64_t n_blocks) = nullptr;
    /// Blocks [first_block, first_block + n_blocks) of two neighbouring strips; first_block is a
    /// multiple of kSlabBlocks.
    void (*unpack)(WeightSlab& slab, const StripView* strips, std::int64_t first_block,
                   int n_blocks) = nullptr;
    /// acc[n_rows, 32] += x · slab. Meanwhile the strips' slab at `next` comes into the caches.
    void (*slab)(float* acc, const void* x, std::int64_t x_stride, int n_rows,
                 const WeightSlab& slab, int n_blocks, const StripView* next) = nullptr;
};

/// A vector of i16 as a factor of a product by halves, beside its integers.
struct FactorI16 {
    float scale = 0.0f;         ///< what an integer's unit stands for
    std::int32_t own_half = 0;  ///< Σ over k < n / 2 of v[k] · v[k + n / 2]
};

/// A panel's, side by side.
struct FactorsI16 {
    float scale[kPanelOutputs];
    std::int32_t own_half[kPanelOutputs];
};

/// Rows of i16 times one panel of an Int16Weight: out[r, o] = Σ x[r, k] w[o, k] · scales (+
/// bias[o]). Both hold to kFactorLimits.
struct PanelI16 {
    const std::int16_t* x = nullptr;  ///< [n_rows, n_in]
    const FactorI16* rows = nullptr;  ///< [n_rows]
    std::int64_t n_rows = 0;
    std::int64_t n_in = 0;                  ///< a multiple of 4
    const std::int16_t* weights = nullptr;  ///< [n_in / 2, 32, 2]
    const FactorsI16* outputs = nullptr;
    const float* bias = nullptr;  ///< [n_out], or null
    float* out = nullptr;
    std::int64_t out_stride = 0;
    int n_out = 0;  ///< ≤ 32
};

struct CpuKernels {
    void (*quantise_blocks)(ActivationBlock* out, const float* x, std::int64_t n_blocks);
    void (*quantise_supers)(ActivationSuper* out, const float* x, std::int64_t n_supers);
    /// By a type's number; empty for plain types.
    QuantKernels quant[static_cast<int>(DType::kQ6K) + 1];

    /// acc[n_rows, 32] += x[n_rows, n_k] · panel[n_k, 32], one fma a step of k, ascending. The
    /// panel's elements are f32, f16 or bf16.
    void (*product_f32)(float* acc, const float* x, std::int64_t x_stride, const void* panel,
                        int n_rows, int n_k);
    void (*product_f16)(float* acc, const float* x, std::int64_t x_stride, const void* panel,
                        int n_rows, int n_k);
    void (*product_bf16)(float* acc, const float* x, std::int64_t x_stride, const void* panel,
                         int n_rows, int n_k);

    void (*product_i16)(const PanelI16& product);

    /// weight[d], bias[d] may be null.
    void (*rms_norm)(float* out, const float* x, const float* weight, std::int64_t d, float eps);
    void (*layer_norm)(float* out, const float* x, const float* weight, const float* bias,
                       std::int64_t d, float eps);
    void (*add)(float* x, const float* y, std::int64_t n);
    void (*activate)(float* x, std::int64_t n, Activation activation);
    void (*gated_activate)(float* gate, const float* up, std::int64_t n, Activation activation);
    void (*softcap)(float* x, std::int64_t n, float cap);

    /// Rotates pairs in place; cos, sin [n_pairs].
    void (*rotate)(float* x, const float* cos, const float* sin, int n_pairs, RopeStyle style);
    /// out[i] ≈ x[i] / scale with the scale returned: as fine as the limits allow.
    float (*to_i16)(std::int16_t* out, const float* x, std::int64_t n, const Int16Limits& limits);
    /// to_i16 of a factor of products by halves; own_half where n is a multiple of 4.
    FactorI16 (*to_factor)(std::int16_t* out, const float* x, std::int64_t n,
                           const Int16Limits& limits);
    void (*from_f16)(float* out, const std::uint16_t* x, std::int64_t n);
    /// out[n] = minimum + step · q, one fma each; q bytes, or 4 bits in StoredRows' order.
    void (*dequantise_8)(float* out, const std::uint8_t* q, const float* step, const float* minimum,
                         std::int64_t n);
    void (*dequantise_4)(float* out, const std::uint8_t* q, const float* step, const float* minimum,
                         std::int64_t n);

    AttentionKernels attention_i16, attention_f32;
    /// total = total ⊕ part, a line at a time.
    void (*merge)(LineState* total, const LineState* part, int n_lines, int head_dim);
    /// Writes each line's out. Pre: it saw a key.
    void (*finish)(const QueryLine* lines, const LineState* total, int n_lines, int head_dim);

    /// Σ (a[i] − scale · b[i])².
    float (*distance_i16)(const float* a, const std::int16_t* b, float scale, std::int64_t n);
    float (*distance_f32)(const float* a, const float* b, float scale, std::int64_t n);
};

/// Fills in the quantising and quant; a unit of its own beside each table's.
void add_scalar_products(CpuKernels& kernels);
void add_avx2_products(CpuKernels& kernels);
void add_avx512_products(CpuKernels& kernels);

const CpuKernels& scalar_kernels();
/// Null where the build has no such unit (not x86).
const CpuKernels* avx2_kernels();
const CpuKernels* avx512_kernels();

}  // namespace lectern
