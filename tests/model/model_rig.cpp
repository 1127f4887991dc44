#include "tests/model/model_rig.h"

#include <cstring>
#include <stdexcept>

#include "engine/model/row_pass.h"
#include "tests/support/cache_rows.h"
#include "tests/support/tiny_models.h"

namespace lectern::test {
namespace {

constexpr int kCacheRows = 128;

std::unique_ptr<Transformer> load(const std::string& name, Backend& backend) {
    return value_or_throw(
        Transformer::load(value_or_throw(GgufFile::open(tiny_model(name))), backend));
}

}  // namespace

ModelRig::ModelRig(const std::string& name, const RigOptions& options)
    : backend(make_cpu_backend({.n_threads = options.n_threads, .numerics = options.numerics})),
      model(load(name, *backend)),
      activations(
          value_or_throw(Activations::create(*backend, model->config(), options.block_rows))),
      cache(value_or_throw(
          KvCache::create(*backend, model->config().kv_shape(), kCacheRows, options.kv))) {}

void ModelRig::read(const std::vector<TokenId>& ids) {
    rows = consecutive_rows(cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact),
                            static_cast<int>(ids.size()));
    recompute(rows);
}

void ModelRig::recompute(const std::vector<std::int32_t>& chosen) {
    const int n = static_cast<int>(chosen.size());
    value_or_throw(run_pass({*model, activations, cache, chosen, {}, n}));
}

std::vector<float> ModelRig::logits_of_all(const std::vector<TokenId>& ids) {
    cache.truncate(0);
    std::vector<float> all;
    std::vector<float> one(vocab_size());
    for (std::size_t begin = 0; begin < ids.size(); begin += activations.capacity) {
        const std::size_t end = std::min(ids.size(), begin + activations.capacity);
        read({ids.begin() + begin, ids.begin() + end});
        for (std::size_t t = 0; t < end - begin; ++t) {
            model->logits(activations, static_cast<int>(t), one);
            all.insert(all.end(), one.begin(), one.end());
        }
    }
    return all;
}

std::vector<std::byte> ModelRig::kv_bytes() const {
    std::vector<std::byte> bytes;
    for (int l = 0; l < cache.shape().n_layers; ++l) {
        const auto layer = cache_bytes(cache.layer(l), 0, cache.size());
        bytes.insert(bytes.end(), layer.begin(), layer.end());
    }
    return bytes;
}

std::vector<TokenId> some_ids(int n, std::uint32_t seed) {
    std::vector<TokenId> ids(n);
    for (TokenId& id : ids) {
        seed = seed * 1664525 + 1013904223;
        id = static_cast<TokenId>(seed >> 26);
    }
    return ids;
}

Golden::Golden(const std::string& name)
    : file_(value_or_throw(SafetensorsFile::open(tiny_model_golden(name)))) {}

std::vector<float> Golden::values(const std::string& name) const {
    const GgufTensor* tensor = file_->tensor(name);
    if (tensor == nullptr || tensor->dtype != DType::kF32)
        throw std::runtime_error("no golden " + name);
    std::vector<float> values(tensor->shape.n_elements());
    std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
    return values;
}

std::vector<std::int32_t> Golden::integers(const std::string& name) const {
    const std::vector<float> numbers = values(name);
    return {numbers.begin(), numbers.end()};
}

}  // namespace lectern::test
