// The int8 products of one instruction set from the bodies. Included only by the unit of that set.
#pragma once

#include <type_traits>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/product_q8.h"
#include "engine/backend/cpu/product_super.h"
#include "engine/backend/cpu/quantise_rows.h"

namespace lectern {

template <class L, QuantFormat f>
constexpr QuantKernels make_quant_kernels() {
    using Tiles = std::conditional_t<f.is_super, ProductSuper<L, f>, ProductQ8<L, f>>;
    return {Tiles::Frame::panel, Tiles::unpack, Tiles::Frame::slab};
}

template <class L>
void add_products(CpuKernels& k) {
    k.quantise_blocks = QuantiseRows<L>::blocks;
    k.quantise_supers = QuantiseRows<L>::supers;
    const auto at = [&](DType dtype) -> QuantKernels& { return k.quant[static_cast<int>(dtype)]; };
    at(DType::kQ8_0) = make_quant_kernels<L, kFormatQ8_0>();
    at(DType::kQ4_0) = make_quant_kernels<L, kFormatQ4_0>();
    at(DType::kQ4_1) = make_quant_kernels<L, kFormatQ4_1>();
    at(DType::kQ5_0) = make_quant_kernels<L, kFormatQ5_0>();
    at(DType::kQ5_1) = make_quant_kernels<L, kFormatQ5_1>();
    at(DType::kQ2K) = make_quant_kernels<L, kFormatQ2K>();
    at(DType::kQ3K) = make_quant_kernels<L, kFormatQ3K>();
    at(DType::kQ4K) = make_quant_kernels<L, kFormatQ4K>();
    at(DType::kQ5K) = make_quant_kernels<L, kFormatQ5K>();
    at(DType::kQ6K) = make_quant_kernels<L, kFormatQ6K>();
}

}  // namespace lectern
