#include <cassert>
#include <cstring>

#include "engine/backend/cpu/cpu_backend_class.h"
#include "engine/backend/cpu/plain_weight.h"

namespace lectern {
namespace {

/// Rows of x that share one unpacked panel; their sums stay in the second-level cache.
constexpr std::int64_t kRowBlock = 256;

}  // namespace

Result<std::unique_ptr<Weight>> CpuBackend::pack(const WeightSource& source) {
    return PlainWeight::create(source);
}

void CpuBackend::embed(TensorView out, const Weight& table, TensorView ids, float scale) {
    const auto& weight = static_cast<const PlainWeight&>(table);
    const std::int64_t d = weight.n_in();
    for_rows(out.rows(), d, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            const std::int64_t id = ids.as<std::int32_t>()[t];
            assert(id >= 0 && id < weight.n_out());
            float* row = out.as<float>() + t * d;
            weight.row(id, 0, std::span(row, static_cast<std::size_t>(d)));
            if (scale != 1.0f)
                for (std::int64_t i = 0; i < d; ++i) row[i] *= scale;
        }
    });
}

void CpuBackend::matmul(TensorView out, TensorView x, const Weight& w, TensorView bias) {
    const auto& weight = static_cast<const PlainWeight&>(w);
    const std::int64_t n_rows = x.rows(), n_in = w.n_in(), n_out = w.n_out();
    assert(out.rows() == n_rows && x.shape.row_elements() == (n_rows ? n_in : 0));
    const std::int64_t n_panels = (n_out + kPanelOutputs - 1) / kPanelOutputs;
    const std::int64_t n_blocks = (n_rows + kRowBlock - 1) / kRowBlock;
    pool_.parallel_for(n_panels * n_blocks, [&](std::int64_t task, int thread) {
        const std::int64_t panel = task % n_panels, block = task / n_panels;
        const std::int64_t first_row = block * kRowBlock;
        const int rows = static_cast<int>(std::min(kRowBlock, n_rows - first_row));
        float* acc = scratch_[thread].get<float>(kPanelOutputs * (kRowBlock + kPanelDepth + 8));
        float* unpacked = acc + kRowBlock * kPanelOutputs;
        std::memset(acc, 0, sizeof(float) * rows * kPanelOutputs);
        for (std::int64_t k = 0; k < n_in; k += kPanelDepth) {
            const int depth = static_cast<int>(std::min<std::int64_t>(kPanelDepth, n_in - k));
            weight.unpack_panel(panel, k, depth, unpacked, unpacked + kPanelOutputs * kPanelDepth);
            kernels_.product_f32(acc, x.as<float>() + first_row * n_in + k, n_in, unpacked, rows,
                                 depth);
        }
        const std::int64_t o = panel * kPanelOutputs;
        const int outputs = static_cast<int>(std::min<std::int64_t>(kPanelOutputs, n_out - o));
        for (int r = 0; r < rows; ++r) {
            float* to = out.as<float>() + (first_row + r) * n_out + o;
            const float* from = acc + r * kPanelOutputs;
            for (int i = 0; i < outputs; ++i)
                to[i] = bias.data ? from[i] + bias.as<float>()[o + i] : from[i];
        }
    });
}

}  // namespace lectern
