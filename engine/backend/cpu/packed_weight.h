// A quantised weight repacked into strips for int8 dot products (quantised_format.h). About the
// file's bits a weight.
#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/cpu/quantised_format.h"
#include "engine/backend/cpu/scratch.h"
#include "engine/base/thread_pool.h"

namespace lectern {

class PackedWeight : public Weight {
  public:
    /// Pre: the type has a packed form and the source's size is right. Reads the source once.
    static Result<std::unique_ptr<Weight>> create(const WeightSource& source, ThreadPool& pool);

    DType dtype() const { return dtype_; }
    bool is_super() const { return format_.is_super; }
    std::size_t n_bytes() const override { return n_strips() * strip_bytes_; }
    /// An even number: strips are unpacked two by two.
    std::int64_t n_strips() const { return (n_out() + 31) / 32 * 2; }
    std::int64_t n_blocks() const { return n_in() / kBlockDepth; }
    /// int8 rows that a row of activations becomes: itself rounded, then what the rounding lost.
    int n_parts() const { return n_parts_; }
    StripView strip(std::int64_t i) const { return strip(i, 0); }
    /// The strip from a block on that begins a slab.
    StripView strip(std::int64_t i, std::int64_t first_block) const;

    /// out[n_in] = output o's weights, equal to their dequantisation to the last bit.
    void row(std::int64_t o, float* out) const;

  private:
    PackedWeight(const WeightSource& source, AlignedBytes bytes);

    void pack_strip(const WeightSource& source, std::int64_t strip);

    DType dtype_;
    int n_parts_;
    const QuantFormat& format_;
    std::size_t quant_bytes_;  ///< of a strip, before its scales
    std::size_t strip_bytes_;
    AlignedBytes bytes_;
};

}  // namespace lectern
