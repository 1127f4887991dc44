// Compiled for its instruction set; nothing here runs before the machine was asked for it.
#include "engine/backend/cpu/kernels.h"

#if defined(__AVX2__)
#include "engine/backend/cpu/make_kernels.h"
#include "engine/backend/cpu/simd/lanes_avx2.h"

namespace lectern {

const CpuKernels* avx2_kernels() {
    static const CpuKernels kernels = [] {
        CpuKernels made = make_kernels<Avx2Lanes>();
        add_avx2_products(made);
        return made;
    }();
    return &kernels;
}

}  // namespace lectern
#else
namespace lectern {

const CpuKernels* avx2_kernels() { return nullptr; }

}  // namespace lectern
#endif
