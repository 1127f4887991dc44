// The inner loops of the CPU backend as a table of functions, one table an instruction set. Every
// table gives the same bits: all are made from the same bodies over sixteen lanes.
#pragma once

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
inline constexpr int kMaxHeadDim = 512;

/// One query head over its visible keys.
struct AttentionRow {
    const float* q = nullptr;  ///< [head_dim], rotated
    const void* k = nullptr;   ///< [.., head_dim], first visible row first
    const void* v = nullptr;
    int head_dim = 0;
    std::int64_t n_keys = 0;  ///< ≥ 1
    float scale = 1.0f;
    float softcap = 0.0f;
};

/// Products with one packed format (quantised_format.h). x_stride in blocks.
struct QuantKernels {
    /// out[n_rows, 16] = x · strip, the strip streamed once for up to 8 rows.
    void (*strip)(float* out, const ActivationBlock* x, std::int64_t x_stride, int n_rows,
                  StripView strip, std::int64_t n_blocks) = nullptr;
    /// Blocks [first_block, first_block + n_blocks) of two neighbouring strips; first_block is a
    /// multiple of kSlabBlocks.
    void (*unpack)(WeightSlab& slab, const StripView* strips, std::int64_t first_block,
                   int n_blocks) = nullptr;
    /// acc[n_rows, 32] += x · slab.
    void (*slab)(float* acc, const ActivationBlock* x, std::int64_t x_stride, int n_rows,
                 const WeightSlab& slab, int n_blocks) = nullptr;
};

struct CpuKernels {
    void (*quantise)(ActivationBlock* out, const float* x, std::int64_t n_blocks);
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
    void (*to_f16)(std::uint16_t* out, const float* x, std::int64_t n);
    void (*from_f16)(float* out, const std::uint16_t* x, std::int64_t n);
    /// out[i] = x[i] · scale[i].
    void (*dequantise_i8)(float* out, const std::int8_t* x, const float* scale, std::int64_t n);

    /// weights[n_keys] = softmax of the scores; out, where given, [head_dim] = Σ weight · v.
    void (*attend_f16)(float* out, const AttentionRow& row, float* weights);
    void (*attend_f32)(float* out, const AttentionRow& row, float* weights);
    /// Σ (a[i] − b[i])².
    float (*distance_f16)(const float* a, const std::uint16_t* b, std::int64_t n);
    float (*distance_f32)(const float* a, const float* b, std::int64_t n);
};

/// Fills in quantise and quant; a unit of its own beside each table's.
void add_scalar_products(CpuKernels& kernels);
void add_avx2_products(CpuKernels& kernels);
void add_avx512_products(CpuKernels& kernels);

const CpuKernels& scalar_kernels();
/// Null where the build has no such unit (not x86).
const CpuKernels* avx2_kernels();
const CpuKernels* avx512_kernels();

}  // namespace lectern
