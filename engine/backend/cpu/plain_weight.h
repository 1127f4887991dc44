// A weight kept as the file stores it and dequantised to f32 within the product: the reference.
#pragma once

#include <vector>

#include "engine/backend/backend.h"

namespace lectern {

class PlainWeight : public Weight {
  public:
    /// Borrows the source's bytes for as long as it keeps them alive, else copies them. Pre: their
    /// number is what the shape needs.
    static Result<std::unique_ptr<Weight>> create(const WeightSource& source);

    std::size_t n_bytes() const override { return bytes_.size(); }

    /// Elements [k, k + out.size()) of row o; pre: both ends lie on block boundaries.
    void row(std::int64_t o, std::int64_t k, std::span<float> out) const;
    /// out[depth, 32]: elements [k, k + depth) of the panel's 32 rows, rows behind the last as 0.
    /// `line` is room for kPanelDepth floats.
    void unpack_panel(std::int64_t panel, std::int64_t k, int depth, float* out, float* line) const;

  private:
    PlainWeight(const WeightSource& source);

    DType dtype_;
    std::span<const std::byte> bytes_;
    std::shared_ptr<const void> keep_alive_;
    std::vector<std::byte> copy_;
};

}  // namespace lectern
