// The table of one instruction set from the bodies. Included only by the unit of that set.
#pragma once

#include "engine/backend/cpu/attention_tile.h"
#include "engine/backend/cpu/float_tile.h"
#include "engine/backend/cpu/integer_tile.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/product_f32.h"
#include "engine/backend/cpu/product_i16.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L>
CpuKernels make_kernels() {
    CpuKernels k;
    k.product_f32 = ProductF32<L>::template run<float>;
    k.product_f16 = ProductF32<L>::template run<std::uint16_t>;
    k.product_bf16 = ProductF32<L>::template run<Bf16>;
    k.product_i16 = ProductI16<L>::run;
    k.rms_norm = RowKernels<L>::rms_norm;
    k.layer_norm = RowKernels<L>::layer_norm;
    k.add = RowKernels<L>::add;
    k.activate = RowKernels<L>::activate;
    k.gated_activate = RowKernels<L>::gated_activate;
    k.softcap = RowKernels<L>::softcap;
    k.rotate = RowKernels<L>::rotate;
    k.to_i16 = RowKernels<L>::to_i16;
    k.to_factor = RowKernels<L>::to_factor;
    k.from_f16 = RowKernels<L>::from_f16;
    k.dequantise_8 = RowKernels<L>::dequantise_8;
    k.dequantise_4 = RowKernels<L>::dequantise_4;
    using Integers = AttentionTile<L, IntegerTile<L>>;
    using Floats = AttentionTile<L, FloatTile<L>>;
    k.attention_i16 = {Integers::chunk, Integers::mass};
    k.attention_f32 = {Floats::chunk, Floats::mass};
    k.merge = Floats::merge;
    k.finish = Floats::finish;
    k.distance_i16 = RowKernels<L>::template distance<std::int16_t>;
    k.distance_f32 = RowKernels<L>::template distance<float>;
    return k;
}

}  // namespace lectern
