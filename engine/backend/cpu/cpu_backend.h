// The CPU backend: every operation of Backend on a thread pool of its own, by the widest
// instructions there are.
#pragma once

#include <memory>

#include "engine/backend/backend.h"

namespace lectern {

enum class CpuIsa : std::uint8_t { kScalar, kAvx2, kAvx512Vnni };

/// How matrix products with quantised weights are computed.
enum class CpuNumerics : std::uint8_t {
    kQuantised,  ///< activations quantised to int8 in blocks of 32, int8 dot products, f32
                 ///< accumulation
    kPlainF32,   ///< weights dequantised to f32, f32 products: the reference path
};

struct CpuBackendOptions {
    int n_threads = 0;  ///< 0: default_thread_count()
    CpuIsa max_isa =
        CpuIsa::kAvx512Vnni;  ///< the widest to use; what the machine lacks is not used
    CpuNumerics numerics = CpuNumerics::kQuantised;
};

/// The widest instruction set this machine runs.
CpuIsa detect_cpu_isa();

std::unique_ptr<Backend> make_cpu_backend(const CpuBackendOptions& options);

}  // namespace lectern
