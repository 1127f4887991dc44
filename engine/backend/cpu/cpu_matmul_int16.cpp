// Products with weights of 16-bit integers.
#include "engine/backend/cpu/cpu_backend_class.h"
#include "engine/backend/cpu/int16_weight.h"

namespace lectern {
namespace {

/// Rows of a task: with them a panel stays in the second-level cache.
constexpr std::int64_t kTaskRows = 96;

}  // namespace

void CpuBackend::multiply_int16(TensorView x, std::span<const Product> products) {
    const std::int64_t n_rows = x.rows(), n_in = x.shape.row_elements();
    const std::int64_t row_units = n_in * sizeof(std::int16_t) / sizeof(FactorI16);
    auto* rows = shared_scratch_.get<FactorI16>(n_rows * (1 + row_units));  // then the integers
    auto* integers = reinterpret_cast<std::int16_t*>(rows + n_rows);
    for_rows(n_rows, n_in, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r)
            rows[r] = kernels_.to_factor(integers + r * n_in, x.as<float>() + r * n_in, n_in,
                                         kFactorLimits);
    });
    std::int64_t n_panels = 0;
    for (const Product& p : products)
        n_panels += static_cast<const Int16Weight*>(p.weight)->n_panels();
    const std::int64_t n_blocks = (n_rows + kTaskRows - 1) / kTaskRows;
    pool_.parallel_for(n_panels * n_blocks, [&](std::int64_t task, int) {
        const std::int64_t first = task / n_panels * kTaskRows;
        std::int64_t panel = task % n_panels;
        const Product* product = products.data();
        const auto weight = [&] { return static_cast<const Int16Weight*>(product->weight); };
        for (; panel >= weight()->n_panels(); ++product) panel -= weight()->n_panels();
        const std::int64_t n_out = weight()->n_out(), output = panel * kPanelOutputs;
        kernels_.product_i16(
            {.x = integers + first * n_in,
             .rows = rows + first,
             .n_rows = std::min(kTaskRows, n_rows - first),
             .n_in = n_in,
             .weights = weight()->panel(panel),
             .outputs = &weight()->outputs(panel),
             .bias = product->bias.data ? product->bias.as<float>() + output : nullptr,
             .out = product->out.as<float>() + first * n_out + output,
             .out_stride = n_out,
             .n_out = static_cast<int>(std::min<std::int64_t>(kPanelOutputs, n_out - output))});
    });
}

}  // namespace lectern
