#include "engine/backend/cpu/plain_weight.h"

#include <algorithm>
#include <new>

#include "engine/backend/cpu/kernels.h"
#include "engine/quant/dequantize.h"

namespace lectern {

Result<std::unique_ptr<Weight>> PlainWeight::create(const WeightSource& source) {
    try {
        return std::unique_ptr<Weight>(new PlainWeight(source));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kOutOfMemory, "There is not enough memory for the model's weights.");
    }
}

PlainWeight::PlainWeight(const WeightSource& source)
    : Weight(source.n_out, source.n_in),
      dtype_(source.dtype),
      bytes_(source.bytes),
      keep_alive_(source.keep_alive) {
    if (keep_alive_) return;
    copy_.assign(bytes_.begin(), bytes_.end());
    bytes_ = copy_;
}

void PlainWeight::row(std::int64_t o, std::int64_t k, std::span<float> out) const {
    const std::size_t row = row_bytes(dtype_, n_in());
    const auto n = static_cast<std::int64_t>(out.size());
    dequantize(dtype_, bytes_.subspan(o * row + row_bytes(dtype_, k), row_bytes(dtype_, n)), out);
}

void PlainWeight::unpack_panel(std::int64_t panel, std::int64_t k, int depth, float* out,
                               float* line) const {
    const std::int64_t first = panel * kPanelOutputs;
    for (int o = 0; o < kPanelOutputs; ++o) {
        if (first + o < n_out())
            row(first + o, k, std::span(line, static_cast<std::size_t>(depth)));
        else
            std::fill_n(line, depth, 0.0f);
        for (int i = 0; i < depth; ++i) out[i * kPanelOutputs + o] = line[i];
    }
}

}  // namespace lectern
