// The law: the mask is "key position ≤ query position", and in windowed layers also "> query
// position − window".
#include "tests/model/model_rig.h"
#include "tests/support/cache_rows.h"
#include "tests/support/catch.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr int kTokens = 40;

/// Adds to one cached value row of a layer, in every head.
void corrupt_v(ModelRig& rig, int layer, int row) {
    const KvShape shape = rig.cache.shape();
    const TensorView v = rig.cache.layer(layer).v;
    for (int head = 0; head < shape.n_kv_heads; ++head)
        for (int d = 0; d < shape.head_dim; ++d) v.as<float>()[value_at(v, head, row, d)] += 1.0f;
}

/// The residual stream of one row after layers 0 … layer, run again over the cache.
std::vector<float> after_layer(ModelRig& rig, const std::vector<TokenId>& ids, int row, int layer) {
    const std::vector<std::int32_t> rows{row};
    const std::vector<TokenId> one{ids[row]};
    rig.model->begin(rig.activations, one, rows);
    for (int l = 0; l <= layer; ++l) rig.model->run_layer(l, rig.activations, rig.cache);
    std::vector<float> x(rig.model->config().d_model);
    rig.backend->download(std::as_writable_bytes(std::span(x)), rig.activations.x.rows(1));
    return x;
}

/// Whether row `query` sees row `key` in a layer: spoiling the key's values changes its result.
bool sees(const char* name, int layer, int query, int key) {
    ModelRig rig(name, {});
    const auto ids = some_ids(kTokens);
    rig.read(ids);
    const auto before = after_layer(rig, ids, query, layer);
    corrupt_v(rig, layer, key);
    return after_layer(rig, ids, query, layer) != before;
}

}  // namespace

TEST_CASE("corrupting V of one cached row changes the logits") {
    const auto ids = some_ids(kTokens);
    for (const char* name : kTinyModels) {
        INFO(name);
        ModelRig rig(name, {});
        rig.read(ids);
        std::vector<float> before(rig.vocab_size()), after(rig.vocab_size());
        rig.model->logits(rig.activations, kTokens - 1, before);
        corrupt_v(rig, rig.model->config().n_layers - 2, kTokens - 6);
        rig.recompute({kTokens - 1});
        rig.model->logits(rig.activations, 0, after);
        CHECK(before != after);
    }
}

TEST_CASE("a row sees the rows before it and none behind it") {
    for (const char* name : {"llama", "llama3", "qwen2", "qwen3"}) {
        INFO(name);
        const int query = 20;
        for (const int key : {0, 1, 19}) CHECK(sees(name, 1, query, key));
        for (const int key : {21, 22, 39}) CHECK_FALSE(sees(name, 1, query, key));
    }
}

TEST_CASE("a windowed layer hides exactly the rows that are a window or more away") {
    const int window = 8, query = 30;  // of the tiny gemma3: layers 0, 1 and 3 windowed, 2 global
    for (const int layer : {0, 1, 3}) {
        INFO("layer " << layer);
        for (const int key : {0, 15, query - window})
            CHECK_FALSE(sees("gemma3", layer, query, key));
        for (const int key : {query - window + 1, query - 1})
            CHECK(sees("gemma3", layer, query, key));
        CHECK_FALSE(sees("gemma3", layer, query, query + 1));
    }
    for (const int key : {0, 15, query - window, query - 1}) CHECK(sees("gemma3", 2, query, key));
    CHECK_FALSE(sees("gemma3", 2, query, query + 1));
}
