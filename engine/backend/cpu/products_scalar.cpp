#include "engine/backend/cpu/make_products.h"
#include "engine/backend/cpu/simd/lanes_scalar.h"

namespace lectern {

void add_scalar_products(CpuKernels& kernels) { add_products<ScalarLanes>(kernels); }

}  // namespace lectern
