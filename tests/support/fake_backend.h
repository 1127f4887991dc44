// A backend that owns host memory and computes nothing: for what only stores, moves and plans.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/backend/backend.h"

namespace lectern::test {

/// Memory operations work; everything that computes throws std::logic_error, as a test that reaches
/// it wants a real backend. `memory_bytes` limits what can be allocated at one time.
class FakeBackend : public Backend {
  public:
    explicit FakeBackend(std::size_t memory_bytes = std::size_t{1} << 30) : free_(memory_bytes) {}

    int n_uploads = 0;

    Device device() const override { return Device::kCpu; }
    std::string description() const override { return "fake"; }

    Result<Tensor> allocate(DType dtype, Shape shape) override {
        const std::size_t n_bytes = row_bytes(dtype, shape.n_elements());
        if (n_bytes > free_) return fail(ErrorCode::kOutOfMemory, "The fake backend is full.");
        free_ -= n_bytes;
        void* data = ::operator new (std::max<std::size_t>(n_bytes, 1), std::align_val_t{64});
        std::memset(data, 0xCD, n_bytes);
        const auto release = [this, n_bytes](void* p) {
            if (p == nullptr) return;
            ::operator delete (p, std::align_val_t{64});
            free_ += n_bytes;
        };
        return Tensor(data, release, dtype, shape, Device::kCpu);
    }
    void upload(TensorView dst, std::span<const std::byte> src) override {
        assert(dst.n_bytes() == src.size());
        ++n_uploads;
        std::memcpy(dst.data, src.data(), src.size());
    }
    void download(std::span<std::byte> dst, TensorView src) override {
        assert(src.n_bytes() == dst.size());
        std::memcpy(dst.data(), src.data, dst.size());
    }
    Result<std::unique_ptr<Weight>> pack(const WeightSource&) override { return refuse("pack"); }
    Status synchronize() override { return {}; }

    void embed(TensorView, const Weight&, TensorView, float) override { refuse("embed"); }
    void multiply(TensorView, std::span<const Product>) override { refuse("multiply"); }
    void rms_norm(TensorView, TensorView, TensorView, float) override { refuse("rms_norm"); }
    void layer_norm(TensorView, TensorView, TensorView, TensorView, float) override {
        refuse("layer_norm");
    }
    void add(TensorView, TensorView) override { refuse("add"); }
    void activate(TensorView, Activation) override { refuse("activate"); }
    void gated_activate(TensorView, TensorView, Activation) override { refuse("gated_activate"); }
    void softcap(TensorView, float) override { refuse("softcap"); }
    void gather_rows(TensorView, TensorView, TensorView) override { refuse("gather_rows"); }
    void rope(TensorView, TensorView, TensorView, const Rope&) override { refuse("rope"); }
    void write_kv(LayerKv, TensorView, TensorView, TensorView, TensorView, const Rope&) override {
        refuse("write_kv");
    }
    void place_kv(LayerKv, const StoredKvLayer&, const KvPlacement&, TensorView,
                  const Rope&) override {
        refuse("place_kv");
    }
    void kv_moments(KvMoments, TensorView, TensorView, const StoredKvLayer&, TensorView) override {
        refuse("kv_moments");
    }
    void attention(TensorView, TensorView, LayerKv, TensorView, TensorView,
                   const AttentionOptions&) override {
        refuse("attention");
    }
    void attention_mass(TensorView, TensorView, LayerKv, TensorView, TensorView,
                        const AttentionOptions&, TensorView) override {
        refuse("attention_mass");
    }
    void value_norms(TensorView, LayerKv) override { refuse("value_norms"); }
    void value_deviation(TensorView, TensorView, LayerKv, TensorView) override {
        refuse("value_deviation");
    }
    void encoder_attention(TensorView, TensorView, TensorView, TensorView,
                           std::span<const std::int32_t>, float) override {
        refuse("encoder_attention");
    }

  private:
    [[noreturn]] static tl::unexpected<Error> refuse(const std::string& operation) {
        throw std::logic_error("the fake backend does not compute " + operation);
    }

    std::size_t free_;
};

}  // namespace lectern::test
