#include "engine/backend/cpu/int16_weight.h"

#include <vector>

#include "engine/quant/dequantize.h"

namespace lectern {

Result<std::unique_ptr<Weight>> Int16Weight::create(const WeightSource& source,
                                                    const CpuKernels& kernels, ThreadPool& pool) {
    const std::int64_t n_panels = (source.n_out + kPanelOutputs - 1) / kPanelOutputs;
    AlignedBytes values(
        allocate_aligned(n_panels * kPanelOutputs * source.n_in * sizeof(std::int16_t)));
    AlignedBytes outputs(allocate_aligned(n_panels * sizeof(FactorsI16)));
    if (!values || !outputs)
        return fail(ErrorCode::kOutOfMemory, "There is not enough memory for the model's weights.",
                    "Close other applications or choose a smaller model.");
    std::unique_ptr<Int16Weight> weight(
        new Int16Weight(source, std::move(values), std::move(outputs)));
    pool.parallel_for(weight->n_panels(),
                      [&](std::int64_t p, int) { weight->pack_panel(source, kernels, p); });
    return weight;
}

Int16Weight::Int16Weight(const WeightSource& source, AlignedBytes values, AlignedBytes outputs)
    : Weight(source.n_out, source.n_in), values_(std::move(values)), outputs_(std::move(outputs)) {}

void Int16Weight::pack_panel(const WeightSource& source, const CpuKernels& kernels,
                             std::int64_t panel) {
    auto* values = static_cast<std::int16_t*>(values_.get()) + panel * kPanelOutputs * n_in();
    FactorsI16& outputs = static_cast<FactorsI16*>(outputs_.get())[panel];
    const std::size_t row = row_bytes(source.dtype, n_in());
    std::vector<float> weights(n_in());
    std::vector<std::int16_t> line(n_in());
    for (int i = 0; i < kPanelOutputs; ++i) {
        const std::int64_t o = panel * kPanelOutputs + i;
        FactorI16 factor;
        std::fill(line.begin(), line.end(), std::int16_t{0});
        if (o < n_out()) {
            dequantize(source.dtype, source.bytes.subspan(o * row, row), weights);
            factor = kernels.to_factor(line.data(), weights.data(), n_in(), kFactorLimits);
        }
        outputs.scale[i] = factor.scale;
        outputs.own_half[i] = factor.own_half;
        for (std::int64_t k = 0; k < n_in(); k += 2) {
            std::int16_t* pair = values + k * kPanelOutputs + 2 * i;
            pair[0] = line[k];
            pair[1] = line[k + 1];
        }
    }
}

}  // namespace lectern
