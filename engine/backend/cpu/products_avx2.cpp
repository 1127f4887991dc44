// Compiled for its instruction set; nothing here runs before the machine was asked for it.
#if defined(__AVX2__)
#include "engine/backend/cpu/make_products.h"
#include "engine/backend/cpu/simd/lanes_avx2.h"

namespace lectern {

void add_avx2_products(CpuKernels& kernels) { add_products<Avx2Lanes>(kernels); }

}  // namespace lectern
#endif
