#include <cassert>
#include <cstring>

#include "engine/backend/cpu/cpu_backend_class.h"

namespace lectern {
namespace {

CpuIsa choose(CpuIsa max_isa) { return std::min(max_isa, detect_cpu_isa()); }

const CpuKernels& kernels_of(CpuIsa isa) {
    if (isa == CpuIsa::kAvx512Vnni) return *avx512_kernels();
    if (isa == CpuIsa::kAvx2) return *avx2_kernels();
    return scalar_kernels();
}

const char* name_of(CpuIsa isa) {
    if (isa == CpuIsa::kAvx512Vnni) return "AVX-512 VNNI";
    if (isa == CpuIsa::kAvx2) return "AVX2";
    return "scalar";
}

}  // namespace

CpuIsa detect_cpu_isa() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("f16c");
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
    if (avx512 && avx512_kernels()) return CpuIsa::kAvx512Vnni;
    if (avx2 && avx2_kernels()) return CpuIsa::kAvx2;
#endif
    return CpuIsa::kScalar;
}

std::unique_ptr<Backend> make_cpu_backend(const CpuBackendOptions& options) {
    return std::make_unique<CpuBackend>(options);
}

CpuBackend::CpuBackend(const CpuBackendOptions& options)
    : isa_(choose(options.max_isa)),
      numerics_(options.numerics),
      kernels_(kernels_of(isa_)),
      pool_(options.n_threads > 0 ? options.n_threads : default_thread_count()),
      scratch_(pool_.n_threads()) {}

std::string CpuBackend::description() const {
    return std::string("CPU, ") + name_of(isa_) + ", " + std::to_string(pool_.n_threads()) +
           (pool_.n_threads() == 1 ? " thread" : " threads");
}

Result<Tensor> CpuBackend::allocate(DType dtype, Shape shape) {
    const std::size_t n_bytes = row_bytes(dtype, shape.n_elements());
    void* data = allocate_aligned(n_bytes);
    if (!data)
        return fail(ErrorCode::kOutOfMemory,
                    "There is not enough memory for " + std::to_string(n_bytes >> 20) + " MiB.",
                    "Close other applications or choose a smaller model or context.");
    return Tensor(
        data, [](void* p) { std::free(p); }, dtype, shape, Device::kCpu);
}

void CpuBackend::upload(TensorView dst, std::span<const std::byte> src) {
    assert(dst.n_bytes() == src.size());
    if (!src.empty()) std::memcpy(dst.data, src.data(), src.size());
}

void CpuBackend::download(std::span<std::byte> dst, TensorView src) {
    assert(src.n_bytes() == dst.size());
    if (!dst.empty()) std::memcpy(dst.data(), src.data, dst.size());
}

void CpuBackend::rms_norm(TensorView out, TensorView x, TensorView weight, float eps) {
    const std::int64_t d = weight.shape.n_elements();
    for_rows(x.shape.n_elements() / d, d, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r)
            kernels_.rms_norm(out.as<float>() + r * d, x.as<float>() + r * d, weight.as<float>(), d,
                              eps);
    });
}

void CpuBackend::layer_norm(TensorView out, TensorView x, TensorView weight, TensorView bias,
                            float eps) {
    const std::int64_t d = weight.shape.n_elements();
    for_rows(x.shape.n_elements() / d, d, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r)
            kernels_.layer_norm(out.as<float>() + r * d, x.as<float>() + r * d, weight.as<float>(),
                                bias.as<float>(), d, eps);
    });
}

void CpuBackend::add(TensorView x, TensorView y) {
    assert(x.shape.n_elements() == y.shape.n_elements());
    for_rows(x.shape.n_elements(), 1, [&](std::int64_t begin, std::int64_t end) {
        kernels_.add(x.as<float>() + begin, y.as<float>() + begin, end - begin);
    });
}

void CpuBackend::activate(TensorView x, Activation activation) {
    for_rows(x.shape.n_elements(), 1, [&](std::int64_t begin, std::int64_t end) {
        kernels_.activate(x.as<float>() + begin, end - begin, activation);
    });
}

void CpuBackend::gated_activate(TensorView gate, TensorView up, Activation activation) {
    assert(gate.shape.n_elements() == up.shape.n_elements());
    for_rows(gate.shape.n_elements(), 1, [&](std::int64_t begin, std::int64_t end) {
        kernels_.gated_activate(gate.as<float>() + begin, up.as<float>() + begin, end - begin,
                                activation);
    });
}

void CpuBackend::softcap(TensorView x, float cap) {
    for_rows(x.shape.n_elements(), 1, [&](std::int64_t begin, std::int64_t end) {
        kernels_.softcap(x.as<float>() + begin, end - begin, cap);
    });
}

void CpuBackend::gather_rows(TensorView out, TensorView x, TensorView rows) {
    const std::size_t n_bytes = row_bytes(x.dtype, x.shape.row_elements());
    for_rows(out.rows(), x.shape.row_elements(), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const std::size_t from = rows.as<std::int32_t>()[r];
            std::memcpy(out.as<std::byte>() + r * n_bytes, x.as<std::byte>() + from * n_bytes,
                        n_bytes);
        }
    });
}

}  // namespace lectern
