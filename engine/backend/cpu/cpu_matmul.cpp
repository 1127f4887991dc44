// Weights: packing, products, embedding rows.
#include <cassert>
#include <cstring>

#include "engine/backend/cpu/cpu_backend_class.h"
#include "engine/backend/cpu/float_weight.h"
#include "engine/backend/cpu/packed_weight.h"
#include "engine/backend/cpu/plain_weight.h"

namespace lectern {
namespace {

/// Up to so many rows stream a packed weight once, unpacking in registers; more rows share unpacked
/// slabs.
constexpr std::int64_t kFewRows = 8;
/// Rows that pass over one slab or panel before the next; their sums stay in the second-level
/// cache.
constexpr std::int64_t kRowBlock = 256;
/// Elements of k of a panel of plain weights that rows pass over at a time.
constexpr std::int64_t kFloatDepth = 128;
/// Bytes of weights a thread takes at a time when it streams them.
constexpr std::size_t kStreamBytes = 65536;

/// Where a product's sums go: out[first_row + r, first_output + i] = sums[r, i] (+ bias).
struct Destination {
    TensorView out;
    TensorView bias;

    void write(const float* sums, int width, std::int64_t first_row, std::int64_t n_rows,
               std::int64_t first_output) const {
        const std::int64_t n_out = out.shape.row_elements();
        const auto n = static_cast<int>(std::min<std::int64_t>(width, n_out - first_output));
        const float* b = bias.data ? bias.as<float>() + first_output : nullptr;
        for (std::int64_t r = 0; r < n_rows; ++r, sums += width) {
            float* to = out.as<float>() + (first_row + r) * n_out + first_output;
            if (b)
                for (int i = 0; i < n; ++i) to[i] = sums[i] + b[i];
            else
                for (int i = 0; i < n; ++i) to[i] = sums[i];
        }
    }
};

/// Adds the parts of each of n_rows rows: sums[r] = sums[2 r] + sums[2 r + 1].
void add_parts(float* sums, int width, std::int64_t n_rows) {
    for (std::int64_t r = 0; r < n_rows; ++r)
        for (int i = 0; i < width; ++i)
            sums[r * width + i] = sums[2 * r * width + i] + sums[(2 * r + 1) * width + i];
}

/// What rounding lost: rest = x − block.
void subtract_block(float* rest, const float* x, const ActivationBlock& block) {
    for (int i = 0; i < kBlockDepth; ++i)
        rest[i] = x[i] - block.scale * static_cast<float>(block.q[i]);
}

std::int64_t blocks_of(std::int64_t n, std::int64_t size) { return (n + size - 1) / size; }

}  // namespace

Result<std::unique_ptr<Weight>> CpuBackend::pack(const WeightSource& source) {
    if (source.n_out <= 0 || source.n_in <= 0 || source.dtype == DType::kI32 ||
        source.dtype == DType::kI8 || source.n_in % info(source.dtype).block_elements != 0 ||
        source.bytes.size() != row_bytes(source.dtype, source.n_in) * source.n_out)
        return fail(ErrorCode::kCorrupt, "A weight's size does not match its shape.");
    if (numerics_ == CpuNumerics::kPlainF32) return PlainWeight::create(source);
    if (quant_format(source.dtype)) return PackedWeight::create(source, pool_);
    return FloatWeight::create(source, pool_);
}

void CpuBackend::embed(TensorView out, const Weight& table, TensorView ids, float scale) {
    const std::int64_t d = table.n_in();
    const auto* packed = dynamic_cast<const PackedWeight*>(&table);
    const auto* floats = dynamic_cast<const FloatWeight*>(&table);
    for_rows(out.rows(), d, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            const std::int64_t id = ids.as<std::int32_t>()[t];
            assert(id >= 0 && id < table.n_out());
            float* row = out.as<float>() + t * d;
            if (packed)
                packed->row(id, row);
            else if (floats)
                floats->row(id, row);
            else
                static_cast<const PlainWeight&>(table).row(
                    id, 0, std::span(row, static_cast<std::size_t>(d)));
            if (scale != 1.0f)
                for (std::int64_t i = 0; i < d; ++i) row[i] *= scale;
        }
    });
}

void CpuBackend::matmul(TensorView out, TensorView x, const Weight& w, TensorView bias) {
    if (x.rows() == 0) return;
    assert(out.rows() == x.rows() && x.shape.row_elements() == w.n_in() &&
           out.shape.row_elements() == w.n_out());
    if (const auto* packed = dynamic_cast<const PackedWeight*>(&w)) {
        if (x.rows() * packed->n_parts() <= kFewRows)
            multiply_few(out, x, *packed, bias);
        else
            multiply_many(out, x, *packed, bias);
    } else if (const auto* floats = dynamic_cast<const FloatWeight*>(&w)) {
        multiply_floats(out, x, *floats, bias);
    } else {
        multiply_plain(out, x, static_cast<const PlainWeight&>(w), bias);
    }
}

const ActivationBlock* CpuBackend::quantise(TensorView x, int n_parts) {
    const std::int64_t n_in = x.shape.row_elements(), n_blocks = n_in / kBlockDepth;
    auto* blocks = shared_scratch_.get<ActivationBlock>(x.rows() * n_parts * n_blocks);
    for_rows(x.rows(), n_in, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            const float* from = x.as<float>() + row * n_in;
            ActivationBlock* whole = blocks + row * n_parts * n_blocks;
            kernels_.quantise(whole, from, n_blocks);
            if (n_parts == 1) continue;
            for (std::int64_t b = 0; b < n_blocks; ++b) {
                alignas(64) float rest[kBlockDepth];
                subtract_block(rest, from + b * kBlockDepth, whole[b]);
                kernels_.quantise(whole + n_blocks + b, rest, 1);
            }
        }
    });
    return blocks;
}

void CpuBackend::multiply_few(TensorView out, TensorView x, const PackedWeight& w,
                              TensorView bias) {
    const ActivationBlock* blocks = quantise(x, w.n_parts());
    const QuantKernels& kernels = kernels_.quant[static_cast<int>(w.dtype())];
    const auto n_lines = static_cast<int>(x.rows()) * w.n_parts();
    const std::int64_t n_panels = w.n_strips() / 2;
    const std::int64_t panel_bytes = static_cast<std::int64_t>(w.n_bytes()) / n_panels;
    const std::int64_t step = std::max<std::int64_t>(1, kStreamBytes / panel_bytes);
    const Destination destination{out, bias};
    pool_.parallel_for(blocks_of(n_panels, step), [&](std::int64_t task, int) {
        alignas(64) float sums[kFewRows * kPanelOutputs];
        const std::int64_t end = std::min(n_panels, (task + 1) * step);
        for (std::int64_t p = task * step; p < end; ++p) {
            const std::int64_t q = std::min(p + 1, n_panels - 1);
            const StripView strips[2] = {w.strip(2 * p), w.strip(2 * p + 1)};
            const StripView next[2] = {w.strip(2 * q), w.strip(2 * q + 1)};
            std::memset(sums, 0, sizeof(float) * n_lines * kPanelOutputs);
            kernels.panel(sums, blocks, w.n_blocks(), n_lines, strips, next, w.n_blocks());
            if (w.n_parts() == 2) add_parts(sums, kPanelOutputs, x.rows());
            destination.write(sums, kPanelOutputs, 0, x.rows(), p * kPanelOutputs);
        }
    });
}

void CpuBackend::multiply_many(TensorView out, TensorView x, const PackedWeight& w,
                               TensorView bias) {
    const int n_parts = w.n_parts();
    const ActivationBlock* blocks = quantise(x, n_parts);
    const QuantKernels& kernels = kernels_.quant[static_cast<int>(w.dtype())];
    const std::int64_t row_block = kRowBlock / n_parts;
    const std::int64_t n_panels = blocks_of(w.n_out(), kPanelOutputs), stride = w.n_blocks();
    const Destination destination{out, bias};
    pool_.parallel_for(n_panels * blocks_of(x.rows(), row_block), [&](std::int64_t task,
                                                                      int thread) {
        const std::int64_t panel = task % n_panels, first_row = task / n_panels * row_block;
        const std::int64_t n_rows = std::min(row_block, x.rows() - first_row);
        const auto n_lines = static_cast<int>(n_rows) * n_parts;
        const ActivationBlock* lines = blocks + first_row * n_parts * stride;
        struct Room {
            WeightSlab slab;
            float sums[kRowBlock * kPanelOutputs];
        };
        Room& room = *scratch_[thread].get<Room>(1);
        const StripView strips[2] = {w.strip(2 * panel), w.strip(2 * panel + 1)};
        std::memset(room.sums, 0, sizeof(float) * n_lines * kPanelOutputs);
        for (std::int64_t b = 0; b < stride; b += kSlabBlocks) {
            const auto n = static_cast<int>(std::min<std::int64_t>(kSlabBlocks, stride - b));
            kernels.unpack(room.slab, strips, b, n);
            const std::int64_t next = b + kSlabBlocks < stride ? b + kSlabBlocks : 0;
            const std::int64_t next_panel = next > 0 ? panel : std::min(panel + 1, n_panels - 1);
            const StripView soon[2] = {w.strip(2 * next_panel, next),
                                       w.strip(2 * next_panel + 1, next)};
            kernels.slab(room.sums, lines + b, stride, n_lines, room.slab, n, soon);
        }
        if (n_parts == 2) add_parts(room.sums, kPanelOutputs, n_rows);
        destination.write(room.sums, kPanelOutputs, first_row, n_rows, panel * kPanelOutputs);
    });
}

void CpuBackend::multiply_floats(TensorView out, TensorView x, const FloatWeight& w,
                                 TensorView bias) {
    const auto product = w.dtype() == DType::kF32   ? kernels_.product_f32
                         : w.dtype() == DType::kF16 ? kernels_.product_f16
                                                    : kernels_.product_bf16;
    const std::int64_t n_panels = w.n_panels(), n_in = w.n_in();
    const std::int64_t depth = x.rows() <= kFewRows ? n_in : kFloatDepth;
    const Destination destination{out, bias};
    pool_.parallel_for(
        n_panels * blocks_of(x.rows(), kRowBlock), [&](std::int64_t task, int thread) {
            const std::int64_t panel = task % n_panels, first_row = task / n_panels * kRowBlock;
            const auto n_rows = static_cast<int>(std::min(kRowBlock, x.rows() - first_row));
            float* sums = scratch_[thread].get<float>(kRowBlock * kPanelOutputs);
            std::memset(sums, 0, sizeof(float) * n_rows * kPanelOutputs);
            for (std::int64_t k = 0; k < n_in; k += depth)
                product(sums, x.as<float>() + first_row * n_in + k, n_in, w.panel(panel, k), n_rows,
                        static_cast<int>(std::min(depth, n_in - k)));
            destination.write(sums, kPanelOutputs, first_row, n_rows, panel * kPanelOutputs);
        });
}

void CpuBackend::multiply_plain(TensorView out, TensorView x, const PlainWeight& w,
                                TensorView bias) {
    const std::int64_t n_panels = blocks_of(w.n_out(), kPanelOutputs), n_in = w.n_in();
    const Destination destination{out, bias};
    pool_.parallel_for(n_panels * blocks_of(x.rows(), kRowBlock), [&](std::int64_t task,
                                                                      int thread) {
        const std::int64_t panel = task % n_panels, first_row = task / n_panels * kRowBlock;
        const auto n_rows = static_cast<int>(std::min(kRowBlock, x.rows() - first_row));
        float* sums =
            scratch_[thread].get<float>(kPanelOutputs * (kRowBlock + kPanelDepth) + kPanelDepth);
        float* unpacked = sums + kRowBlock * kPanelOutputs;
        std::memset(sums, 0, sizeof(float) * n_rows * kPanelOutputs);
        for (std::int64_t k = 0; k < n_in; k += kPanelDepth) {
            const int depth = static_cast<int>(std::min<std::int64_t>(kPanelDepth, n_in - k));
            w.unpack_panel(panel, k, depth, unpacked, unpacked + kPanelOutputs * kPanelDepth);
            kernels_.product_f32(sums, x.as<float>() + first_row * n_in + k, n_in, unpacked, n_rows,
                                 depth);
        }
        destination.write(sums, kPanelOutputs, first_row, n_rows, panel * kPanelOutputs);
    });
}

}  // namespace lectern
