// A tiny model with everything that a pass needs, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/gguf/safetensors_file.h"
#include "engine/model/transformer.h"

namespace lectern::test {

struct RigOptions {
    CpuNumerics numerics = CpuNumerics::kPlainF32;
    int n_threads = 1;
    int block_rows = 64;  ///< capacity of the activations
    DType kv = DType::kF32;
};

/// Throws std::runtime_error with the error's text where the model cannot be loaded.
class ModelRig {
  public:
    ModelRig(const std::string& tiny_model_name, const RigOptions& options);

    std::unique_ptr<Backend> backend;
    std::unique_ptr<Transformer> model;
    Activations activations;
    KvCache cache;
    std::vector<std::int32_t> rows;  ///< of the last read()

    int vocab_size() const { return model->config().vocab_size; }
    /// Appends the tokens as passage rows and computes them.
    void read(const std::vector<TokenId>& ids);
    /// Computes rows that the cache already has; the last block's are wanted for logits.
    void recompute(const std::vector<std::int32_t>& rows);
    /// Logits of every row, each block's taken behind it. Starts with an empty cache.
    std::vector<float> logits_of_all(const std::vector<TokenId>& ids);
    /// All bytes of K and V of the rows that the cache has, layer by layer.
    std::vector<std::byte> kv_bytes() const;
};

/// n tokens below 64, the same on every machine.
std::vector<TokenId> some_ids(int n, std::uint32_t seed = 1);

/// Tensors of a golden file. Throws std::runtime_error where one is missing.
class Golden {
  public:
    explicit Golden(const std::string& tiny_model_name);
    std::vector<float> values(const std::string& name) const;
    std::vector<std::int32_t> integers(const std::string& name) const;

  private:
    std::shared_ptr<const SafetensorsFile> file_;
};

template <class T>
T value_or_throw(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

}  // namespace lectern::test
