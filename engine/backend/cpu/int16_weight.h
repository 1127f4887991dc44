// A plain weight as 16-bit integers with a scale an output: products of small models whose
// precision int8 would cost, faster than f32's.
#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/scratch.h"
#include "engine/base/thread_pool.h"

namespace lectern {

/// Panel p holds outputs 32 p … 32 p + 31: [n_in / 2, 32, 2] integers, outputs behind the last as
/// zeros; each output is a factor of a product by halves.
class Int16Weight : public Weight {
  public:
    /// Pre: a plain floating-point type, n_in a multiple of 4; the source's size is right.
    static Result<std::unique_ptr<Weight>> create(const WeightSource& source,
                                                  const CpuKernels& kernels, ThreadPool& pool);

    std::size_t n_bytes() const override {
        return n_panels() * (kPanelOutputs * n_in() * sizeof(std::int16_t) + sizeof(FactorsI16));
    }
    std::int64_t n_panels() const { return (n_out() + kPanelOutputs - 1) / kPanelOutputs; }
    const std::int16_t* panel(std::int64_t i) const {
        return static_cast<const std::int16_t*>(values_.get()) + i * kPanelOutputs * n_in();
    }
    const FactorsI16& outputs(std::int64_t panel) const {
        return static_cast<const FactorsI16*>(outputs_.get())[panel];
    }

  private:
    Int16Weight(const WeightSource& source, AlignedBytes values, AlignedBytes outputs);
    void pack_panel(const WeightSource& source, const CpuKernels& kernels, std::int64_t panel);

    AlignedBytes values_;
    AlignedBytes outputs_;
};

}  // namespace lectern
