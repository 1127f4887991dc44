// Weights: packing, products, embedding rows.
#include <cassert>
#include <cstring>

#include "engine/backend/cpu/cpu_backend_class.h"
#include "engine/backend/cpu/float_weight.h"
#include "engine/backend/cpu/int16_weight.h"
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

/// Products that may share their rows.
constexpr std::size_t kMostProducts = 8;

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
void subtract(float* rest, const float* x, const ActivationBlock& block) {
    for (int i = 0; i < kBlockDepth; ++i)
        rest[i] = x[i] - block.scale * static_cast<float>(block.q[i]);
}
void subtract(float* rest, const float* x, const ActivationSuper& super) {
    for (int b = 0; b < kSuperBlocks; ++b) {
        const float scale = super.scale * (super.fraction[b] / 32768.0f);
        for (int i = b * kBlockDepth; i < (b + 1) * kBlockDepth; ++i)
            rest[i] = x[i] - scale * static_cast<float>(super.q[i]);
    }
}

std::int64_t blocks_of(std::int64_t n, std::int64_t size) { return (n + size - 1) / size; }

}  // namespace

Result<std::unique_ptr<Weight>> CpuBackend::pack(const WeightSource& source) {
    if (source.n_out <= 0 || source.n_in <= 0 || source.dtype == DType::kI32 ||
        source.dtype == DType::kI8 || source.dtype == DType::kI16 ||
        source.n_in % info(source.dtype).block_elements != 0 ||
        source.bytes.size() != row_bytes(source.dtype, source.n_in) * source.n_out)
        return fail(ErrorCode::kCorrupt, "A weight's size does not match its shape.");
    if (numerics_ == CpuNumerics::kPlainF32) return PlainWeight::create(source);
    if (quant_format(source.dtype)) return PackedWeight::create(source, pool_);
    if (source.as_int16 && source.n_in % 4 == 0)
        return Int16Weight::create(source, kernels_, pool_);
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

void CpuBackend::multiply(TensorView x, std::span<const Product> products) {
    if (x.rows() == 0) return;
    assert(products.size() <= kMostProducts);
    Product packed[kMostProducts], integers[kMostProducts];
    std::size_t n_packed = 0, n_integers = 0;
    for (const Product& p : products) {
        assert(p.out.rows() == x.rows() && x.shape.row_elements() == p.weight->n_in() &&
               p.out.shape.row_elements() == p.weight->n_out());
        if (dynamic_cast<const PackedWeight*>(p.weight))
            packed[n_packed++] = p;
        else if (dynamic_cast<const Int16Weight*>(p.weight))
            integers[n_integers++] = p;
        else if (const auto* floats = dynamic_cast<const FloatWeight*>(p.weight))
            multiply_floats(p.out, x, *floats, p.bias);
        else
            multiply_plain(p.out, x, static_cast<const PlainWeight&>(*p.weight), p.bias);
    }
    if (n_packed > 0) multiply_packed(x, {packed, n_packed});
    if (n_integers > 0) multiply_int16(x, {integers, n_integers});
}

template <class X>
CpuBackend::Activations CpuBackend::quantise(TensorView x, int n_parts, Scratch& scratch,
                                             void (*quantise)(X*, const float*, std::int64_t)) {
    constexpr std::int64_t kDepth = sizeof(X::q);
    const std::int64_t n_in = x.shape.row_elements(), n_units = n_in / kDepth;
    X* units = scratch.get<X>(x.rows() * n_parts * n_units);
    for_rows(x.rows(), n_in, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            const float* from = x.as<float>() + row * n_in;
            X* whole = units + row * n_parts * n_units;
            quantise(whole, from, n_units);
            if (n_parts == 1) continue;
            for (std::int64_t u = 0; u < n_units; ++u) {
                alignas(64) float rest[kDepth];
                subtract(rest, from + u * kDepth, whole[u]);
                quantise(whole + n_units + u, rest, 1);
            }
        }
    });
    return {reinterpret_cast<const std::byte*>(units), sizeof(X), kDepth / kBlockDepth, n_units,
            n_parts};
}

/// A product with packed weights, cut into tasks.
struct CpuBackend::PackedProduct {
    const PackedWeight* w = nullptr;
    Destination destination;
    Activations x;
    std::int64_t stride = 0;  ///< units from one line of the product to the next
    std::int64_t n_rows = 0;
    std::int64_t n_panels = 0;
    bool is_few = false;
    std::int64_t task_panels = 1;  ///< of a few-row task
    std::int64_t task_rows = 0;    ///< of a many-row task
    std::int64_t n_tasks = 0;

    PackedProduct() = default;
    /// The weight takes as many of a row's lines as it has parts.
    PackedProduct(const Product& product, const Activations& x, std::int64_t n_rows)
        : w(static_cast<const PackedWeight*>(product.weight)),
          destination{product.out, product.bias},
          x(x),
          stride(x.n_units * x.n_parts / w->n_parts()),
          n_rows(n_rows),
          n_panels(w->n_strips() / 2),
          is_few(n_rows * w->n_parts() <= kFewRows),
          task_panels(std::max<std::int64_t>(
              1, kStreamBytes * n_panels / static_cast<std::int64_t>(w->n_bytes()))),
          task_rows(kRowBlock / w->n_parts()),
          n_tasks(is_few ? blocks_of(n_panels, task_panels)
                         : n_panels * blocks_of(n_rows, task_rows)) {}

    /// Line i from a block on that begins a unit.
    const void* line(std::int64_t i, std::int64_t block) const {
        return x.units + (i * stride + block / x.unit_blocks) * x.unit_bytes;
    }
    const QuantKernels& kernels(const CpuKernels& all) const {
        return all.quant[static_cast<int>(w->dtype())];
    }
    void write(float* sums, std::int64_t first_row, std::int64_t n, std::int64_t panel) const {
        if (w->n_parts() == 2) add_parts(sums, kPanelOutputs, n);
        destination.write(sums, kPanelOutputs, first_row, n, panel * kPanelOutputs);
    }
};

void CpuBackend::multiply_packed(TensorView x, std::span<const Product> products) {
    int n_parts[2] = {};  // of simple and of K types; 0: none has it
    for (const Product& p : products) {
        const auto* w = static_cast<const PackedWeight*>(p.weight);
        n_parts[w->is_super()] = std::max(n_parts[w->is_super()], w->n_parts());
    }
    Activations lines[2];
    if (n_parts[0] > 0)
        lines[0] = quantise(x, n_parts[0], shared_scratch_, kernels_.quantise_blocks);
    if (n_parts[1] > 0)
        lines[1] = quantise(x, n_parts[1], super_scratch_, kernels_.quantise_supers);
    PackedProduct parts[kMostProducts];
    std::int64_t n_tasks = 0;
    for (std::size_t i = 0; i < products.size(); ++i) {
        const auto* w = static_cast<const PackedWeight*>(products[i].weight);
        parts[i] = PackedProduct(products[i], lines[w->is_super()], x.rows());
        n_tasks += parts[i].n_tasks;
    }
    pool_.parallel_for(n_tasks, [&](std::int64_t task, int thread) {
        const PackedProduct* product = parts;
        while (task >= product->n_tasks) task -= (product++)->n_tasks;
        if (product->is_few)
            multiply_few(*product, task);
        else
            multiply_many(*product, task, thread);
    });
}

void CpuBackend::multiply_few(const PackedProduct& p, std::int64_t task) {
    const PackedWeight& w = *p.w;
    const auto n_lines = static_cast<int>(p.n_rows) * w.n_parts();
    alignas(64) float sums[kFewRows * kPanelOutputs];
    const std::int64_t end = std::min(p.n_panels, (task + 1) * p.task_panels);
    for (std::int64_t panel = task * p.task_panels; panel < end; ++panel) {
        const std::int64_t after = std::min(panel + 1, p.n_panels - 1);
        const StripView strips[2] = {w.strip(2 * panel), w.strip(2 * panel + 1)};
        const StripView next[2] = {w.strip(2 * after), w.strip(2 * after + 1)};
        std::memset(sums, 0, sizeof(float) * n_lines * kPanelOutputs);
        p.kernels(kernels_).panel(sums, p.line(0, 0), p.stride, n_lines, strips, next,
                                  w.n_blocks());
        p.write(sums, 0, p.n_rows, panel);
    }
}

void CpuBackend::multiply_many(const PackedProduct& p, std::int64_t task, int thread) {
    const PackedWeight& w = *p.w;
    const QuantKernels& kernels = p.kernels(kernels_);
    const std::int64_t panel = task % p.n_panels, first_row = task / p.n_panels * p.task_rows;
    const std::int64_t n_rows = std::min(p.task_rows, p.n_rows - first_row);
    const auto n_lines = static_cast<int>(n_rows) * w.n_parts();
    const std::int64_t first_line = first_row * w.n_parts();
    struct Room {
        WeightSlab slab;
        float sums[kRowBlock * kPanelOutputs];
    };
    Room& room = *scratch_[thread].get<Room>(1);
    const StripView strips[2] = {w.strip(2 * panel), w.strip(2 * panel + 1)};
    std::memset(room.sums, 0, sizeof(float) * n_lines * kPanelOutputs);
    for (std::int64_t b = 0; b < w.n_blocks(); b += kSlabBlocks) {
        const auto n = static_cast<int>(std::min<std::int64_t>(kSlabBlocks, w.n_blocks() - b));
        kernels.unpack(room.slab, strips, b, n);
        const std::int64_t next = b + kSlabBlocks < w.n_blocks() ? b + kSlabBlocks : 0;
        const std::int64_t next_panel = next > 0 ? panel : std::min(panel + 1, p.n_panels - 1);
        const StripView soon[2] = {w.strip(2 * next_panel, next),
                                   w.strip(2 * next_panel + 1, next)};
        kernels.slab(room.sums, p.line(first_line, b), p.stride, n_lines, room.slab, n, soon);
    }
    p.write(room.sums, first_row, n_rows, panel);
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
