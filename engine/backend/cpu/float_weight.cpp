#include "engine/backend/cpu/float_weight.h"

#include <cstring>

#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

/// to[n_in, 32] of n rows of from[.., n_in].
template <class T>
void interleave(const std::byte* from, int n, std::int64_t n_in, void* to) {
    T* out = static_cast<T*>(to);
    for (std::int64_t k = 0; k < n_in; ++k)
        for (int o = 0; o < kPanelOutputs; ++o) {
            T value{};
            if (o < n) std::memcpy(&value, from + (o * n_in + k) * sizeof(T), sizeof(T));
            out[k * kPanelOutputs + o] = value;
        }
}

}  // namespace

Result<std::unique_ptr<Weight>> FloatWeight::create(const WeightSource& source, ThreadPool& pool) {
    const std::int64_t n_panels = (source.n_out + kPanelOutputs - 1) / kPanelOutputs;
    AlignedBytes bytes(
        allocate_aligned(row_bytes(source.dtype, source.n_in) * kPanelOutputs * n_panels));
    if (!bytes)
        return fail(ErrorCode::kOutOfMemory, "There is not enough memory for the model's weights.",
                    "Close other applications or choose a smaller model.");
    std::unique_ptr<FloatWeight> weight(new FloatWeight(source, std::move(bytes)));
    const std::size_t row = row_bytes(source.dtype, source.n_in);
    pool.parallel_for(n_panels, [&](std::int64_t p, int) {
        const std::byte* from = source.bytes.data() + p * kPanelOutputs * row;
        const int n = static_cast<int>(
            std::min<std::int64_t>(kPanelOutputs, source.n_out - p * kPanelOutputs));
        void* to = const_cast<std::byte*>(weight->panel(p, 0));
        if (source.dtype == DType::kF32)
            interleave<float>(from, n, source.n_in, to);
        else
            interleave<std::uint16_t>(from, n, source.n_in, to);
    });
    return weight;
}

FloatWeight::FloatWeight(const WeightSource& source, AlignedBytes bytes)
    : Weight(source.n_out, source.n_in), dtype_(source.dtype), bytes_(std::move(bytes)) {}

void FloatWeight::row(std::int64_t o, float* out) const {
    const std::size_t size = element_bytes();
    const std::byte* from = panel(o / kPanelOutputs, 0) + o % kPanelOutputs * size;
    for (std::int64_t k = 0; k < n_in(); ++k)
        dequantize(dtype_, std::span(from + k * kPanelOutputs * size, size), std::span(out + k, 1));
}

}  // namespace lectern
