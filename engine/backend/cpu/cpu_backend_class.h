// The class behind make_cpu_backend; its operations live in cpu_backend.cpp (memory, rows),
// cpu_matmul.cpp (weights), cpu_kv.cpp (what writes a cache) and cpu_attention.cpp.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/rope_table.h"
#include "engine/backend/cpu/scratch.h"
#include "engine/base/thread_pool.h"

namespace lectern {

class FloatWeight;
class PackedWeight;
class PlainWeight;

class CpuBackend : public Backend {
  public:
    explicit CpuBackend(const CpuBackendOptions& options);

    Device device() const override { return Device::kCpu; }
    std::string description() const override;

    Result<Tensor> allocate(DType dtype, Shape shape) override;
    void upload(TensorView dst, std::span<const std::byte> src) override;
    void download(std::span<std::byte> dst, TensorView src) override;
    Result<std::unique_ptr<Weight>> pack(const WeightSource& source) override;
    Status synchronize() override { return {}; }

    void embed(TensorView out, const Weight& table, TensorView ids, float scale) override;
    void multiply(TensorView x, std::span<const Product> products) override;
    void rms_norm(TensorView out, TensorView x, TensorView weight, float eps) override;
    void layer_norm(TensorView out, TensorView x, TensorView weight, TensorView bias,
                    float eps) override;
    void add(TensorView x, TensorView y) override;
    void activate(TensorView x, Activation activation) override;
    void gated_activate(TensorView gate, TensorView up, Activation activation) override;
    void softcap(TensorView x, float cap) override;
    void gather_rows(TensorView out, TensorView x, TensorView rows) override;

    void rope(TensorView x, TensorView rows, TensorView positions, const Rope& rope) override;
    void write_kv(LayerKv cache, TensorView k, TensorView v, TensorView rows, TensorView positions,
                  const Rope& rope) override;
    void place_kv(LayerKv cache, const StoredKvLayer& stored, const KvPlacement& placement,
                  TensorView positions, const Rope& rope) override;
    void kv_moments(KvMoments moments, TensorView k, TensorView v, const StoredKvLayer& stored,
                    TensorView tokens) override;
    void attention(TensorView out, TensorView q, LayerKv cache, TensorView rows,
                   TensorView positions, const AttentionOptions& options) override;
    void attention_mass(TensorView mass, TensorView q, LayerKv cache, TensorView rows,
                        TensorView positions, const AttentionOptions& options,
                        TensorView row_weights) override;
    void value_norms(TensorView norms, LayerKv cache) override;
    void value_deviation(TensorView deviation, TensorView fresh, LayerKv cache,
                         TensorView rows) override;
    void encoder_attention(TensorView out, TensorView q, TensorView k, TensorView v,
                           std::span<const std::int32_t> offsets, float scale) override;

  private:
    float value_distance(const float* a, const LayerKv& cache, std::int64_t head,
                         std::int64_t row) const;
    /// Elements of work below which an operation stays on the caller's thread.
    static constexpr std::int64_t kSerialElements = 16384;

    /// body(begin, end) over parts of [0, n_rows), each row's work about row_elements elements.
    template <class Body>
    void for_rows(std::int64_t n_rows, std::int64_t row_elements, const Body& body) {
        if (n_rows * row_elements <= kSerialElements) {
            if (n_rows > 0) body(std::int64_t{0}, n_rows);
            return;
        }
        const std::int64_t step = std::max<std::int64_t>(1, kSerialElements / 2 / row_elements);
        pool_.parallel_for((n_rows + step - 1) / step, [&](std::int64_t i, int) {
            body(i * step, std::min(n_rows, (i + 1) * step));
        });
    }

    /// Rows as int8: n_parts lines for each, adjacent (the row rounded, then what the rounding
    /// lost), of n_units ActivationBlock or ActivationSuper.
    struct Activations {
        const std::byte* units = nullptr;
        std::size_t unit_bytes = 0;
        std::int64_t unit_blocks = 1;
        std::int64_t n_units = 0;
        int n_parts = 0;
    };
    template <class X>
    Activations quantise(TensorView x, int n_parts, Scratch& scratch,
                         void (*quantise)(X*, const float*, std::int64_t));
    /// Products with packed weights share one quantisation of x and one sharing out of tasks.
    void multiply_packed(TensorView x, std::span<const Product> products);
    struct PackedProduct;
    void multiply_few(const PackedProduct& product, std::int64_t task);
    void multiply_many(const PackedProduct& product, std::int64_t task, int thread);
    void multiply_floats(TensorView out, TensorView x, const FloatWeight& w, TensorView bias);
    void multiply_int16(TensorView x, std::span<const Product> products);
    void multiply_plain(TensorView out, TensorView x, const PlainWeight& w, TensorView bias);

    const AttentionKernels& attention_kernels(DType dtype) const {
        return dtype == DType::kI16 ? kernels_.attention_i16 : kernels_.attention_f32;
    }
    void set_lines(TensorView out, TensorView q, const LayerKv& cache, TensorView rows,
                   TensorView positions, std::int32_t window);
    static AttentionPass pass_of(LayerKv cache, std::int64_t kv_head,
                                 const AttentionOptions& options);
    /// Lines of one pass over all the keys they see, chunk by chunk.
    void attend(std::span<const QueryLine> lines, const AttentionPass& pass,
                const AttentionKernels& kernels, Scratch& scratch);
    void attend_by_chunks(LayerKv cache, std::int64_t n_lines, const AttentionOptions& options);

    /// The table of `rope`, made ready for positions[rows[0 … n)] (or, rows null, positions[0 …
    /// n)).
    const RopeTable& rope_table(const Rope& rope, const std::int32_t* positions,
                                const std::int32_t* rows, std::int64_t n);
    /// Rotates one key head and writes it and its value head at their cache row.
    void store_head(LayerKv cache, std::int64_t head, std::int64_t row, float* k, const float* v,
                    const float* angles, int n_pairs, RopeStyle style);

    CpuIsa isa_;
    CpuNumerics numerics_;
    const CpuKernels& kernels_;
    ThreadPool pool_;
    std::vector<Scratch> scratch_;                         ///< one a thread
    Scratch shared_scratch_;                               ///< the caller's, read by all threads
    Scratch super_scratch_;                                ///< the same, for K types
    Scratch query_scratch_;                                ///< of the running attention
    std::vector<QueryLine> lines_;                         ///< of the running operation
    std::vector<LineState> states_;                        ///< of the running operation
    std::vector<std::unique_ptr<RopeTable>> rope_tables_;  ///< one a kind of layer seen
};

}  // namespace lectern
