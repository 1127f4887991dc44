// Compiled for its instruction set; nothing here runs before the machine was asked for it.
#if defined(__AVX512F__)
#include "engine/backend/cpu/make_products.h"
#include "engine/backend/cpu/simd/lanes_avx512.h"

namespace lectern {

void add_avx512_products(CpuKernels& kernels) { add_products<Avx512Lanes>(kernels); }

}  // namespace lectern
#endif
