#include "engine/backend/cpu/make_kernels.h"
#include "engine/backend/cpu/simd/lanes_scalar.h"

namespace lectern {

const CpuKernels& scalar_kernels() {
    static const CpuKernels kernels = [] {
        CpuKernels made = make_kernels<ScalarLanes>();
        add_scalar_products(made);
        return made;
    }();
    return kernels;
}

}  // namespace lectern
