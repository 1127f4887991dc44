// A weight of a plain type (f32, f16, bf16) interleaved into panels for products by fma.
#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/scratch.h"
#include "engine/base/thread_pool.h"

namespace lectern {

/// Panel p holds outputs 32 p … 32 p + 31: [n_in, 32] elements, outputs behind the last as zeros.
class FloatWeight : public Weight {
  public:
    /// Pre: a plain floating-point type; the source's size is right. Reads the source once.
    static Result<std::unique_ptr<Weight>> create(const WeightSource& source, ThreadPool& pool);

    DType dtype() const { return dtype_; }
    std::size_t n_bytes() const override { return n_panels() * panel_bytes(); }
    std::int64_t n_panels() const { return (n_out() + kPanelOutputs - 1) / kPanelOutputs; }
    /// From element k on.
    const std::byte* panel(std::int64_t i, std::int64_t k) const {
        return static_cast<const std::byte*>(bytes_.get()) + i * panel_bytes() +
               k * kPanelOutputs * element_bytes();
    }
    void row(std::int64_t o, float* out) const;

  private:
    FloatWeight(const WeightSource& source, AlignedBytes bytes);

    std::size_t element_bytes() const { return info(dtype_).block_bytes; }
    std::size_t panel_bytes() const { return element_bytes() * kPanelOutputs * n_in(); }

    DType dtype_;
    AlignedBytes bytes_;
};

}  // namespace lectern
