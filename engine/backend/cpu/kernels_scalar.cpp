#include "engine/backend/cpu/make_kernels.h"
#include "engine/backend/cpu/simd/lanes_scalar.h"

namespace lectern {

const CpuKernels& scalar_kernels() {
    static const CpuKernels kernels = make_kernels<ScalarLanes>();
    return kernels;
}

}  // namespace lectern
