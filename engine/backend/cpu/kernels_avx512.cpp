// Compiled for its instruction set; nothing here runs before the machine was asked for it.
#include "engine/backend/cpu/kernels.h"

#if defined(__AVX512F__)
#include "engine/backend/cpu/make_kernels.h"
#include "engine/backend/cpu/simd/lanes_avx512.h"

namespace lectern {

const CpuKernels* avx512_kernels() {
    static const CpuKernels kernels = [] {
        CpuKernels made = make_kernels<Avx512Lanes>();
        add_avx512_products(made);
        return made;
    }();
    return &kernels;
}

}  // namespace lectern
#else
namespace lectern {

const CpuKernels* avx512_kernels() { return nullptr; }

}  // namespace lectern
#endif
