#include "engine/model/transformer.h"

#include <algorithm>
#include <cmath>

#include "engine/model/row_pass.h"
#include "tests/model/model_rig.h"
#include "tests/support/catch.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Two fp32 computations of a few layers that sum in different orders differ by some 1e-6 of the
/// values' size.
constexpr float kRelativeTolerance = 2e-5f;

/// The largest difference between `actual` at the golden's rows and the golden, in units of the
/// golden's largest value.
float difference(const std::vector<float>& actual, const std::vector<float>& golden,
                 const std::vector<std::int32_t>& rows) {
    const std::size_t width = golden.size() / rows.size();
    float largest = 0, worst = 0;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t d = 0; d < width; ++d) {
            const float expected = golden[r * width + d];
            largest = std::max(largest, std::abs(expected));
            worst = std::max(worst, std::abs(actual[rows[r] * width + d] - expected));
        }
    return worst / largest;
}

std::vector<float> residual_stream(ModelRig& rig, std::size_t n) {
    std::vector<float> x(n * rig.model->config().d_model);
    rig.backend->download(std::as_writable_bytes(std::span(x)), rig.activations.x.rows(n));
    return x;
}

}  // namespace

TEST_CASE("every layer of every architecture computes what PyTorch computes in fp32") {
    for (const char* name : kTinyModels) {
        INFO(name);
        ModelRig rig(name, {});
        const Golden golden(name);
        const auto ids = golden.integers("ids"), rows = golden.integers("rows");
        const int n = static_cast<int>(ids.size());
        const auto all = consecutive_rows(0, n);
        rig.cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact);
        rig.model->begin(rig.activations, ids, all);
        CHECK(difference(residual_stream(rig, n), golden.values("hidden.0"), rows) <= 1e-6f);
        for (int layer = 0; layer < rig.model->config().n_layers; ++layer) {
            INFO("layer " << layer);
            rig.model->run_layer(layer, rig.activations, rig.cache);
            const auto expected = golden.values("hidden." + std::to_string(layer + 1));
            CHECK(difference(residual_stream(rig, n), expected, rows) <= kRelativeTolerance);
        }
        std::vector<float> logits;
        for (int t = 0; t < n; ++t) {
            std::vector<float> one(rig.vocab_size());
            rig.model->logits(rig.activations, t, one);
            logits.insert(logits.end(), one.begin(), one.end());
        }
        CHECK(difference(logits, golden.values("logits"), rows) <= kRelativeTolerance);
    }
}

TEST_CASE("quantised activations stay near PyTorch's logits") {
    for (const char* name : kTinyModels) {
        INFO(name);
        ModelRig rig(name, {.numerics = CpuNumerics::kQuantised, .kv = DType::kI16});
        const Golden golden(name);
        const auto logits = rig.logits_of_all(golden.integers("ids"));
        // int8 activations in blocks of 32 err by up to 1/254 of a block's largest value, over a
        // few layers of width 32.
        CHECK(difference(logits, golden.values("logits"), golden.integers("rows")) < 0.1f);
    }
}

TEST_CASE("logits of several rows are those of each row alone, to the last bit") {
    for (const char* name : kTinyModels) {
        ModelRig rig(name, {.numerics = CpuNumerics::kQuantised});
        rig.read(some_ids(20));
        const int n = Transformer::kLogitRows;
        std::vector<float> together(n * rig.vocab_size()), alone;
        rig.model->logits(rig.activations, 2, n, together);
        for (int t = 2; t < 2 + n; ++t) {
            std::vector<float> one(rig.vocab_size());
            rig.model->logits(rig.activations, t, one);
            alone.insert(alone.end(), one.begin(), one.end());
        }
        CHECK(together == alone);
    }
}

TEST_CASE("weight products are counted for the kind of segment whose rows they were done for") {
    for (const char* name : kTinyModels) {
        ModelRig rig(name, {.block_rows = 5});
        const ModelConfig& c = rig.model->config();
        const std::int64_t per_layer =
            std::int64_t{c.d_model} * c.head_dim * 2 * (c.n_heads + c.n_kv_heads) +
            3 * std::int64_t{c.d_model} * c.d_ff;
        CHECK(rig.model->row_cost() == per_layer * c.n_layers);

        const auto ids = some_ids(11);
        const auto all = std::span(ids);
        rig.cache.append(all.first(4), 0, SegmentKind::kPrefix, RowState::kExact);
        rig.cache.append(all.last(7), 1, SegmentKind::kQuestion, RowState::kExact);
        const auto rows = consecutive_rows(0, 11);
        rig.recompute(rows);
        // The last block, one row, alone goes on behind the last layer's K and V.
        CHECK(rig.model->row_cost() - rig.model->kv_row_cost() ==
              std::int64_t{c.d_model} * (c.n_heads * c.head_dim + 3 * c.d_ff));
        CHECK(rig.model->work().prefix == 4 * rig.model->kv_row_cost());
        CHECK(rig.model->work().question == 6 * rig.model->kv_row_cost() + rig.model->row_cost());
        CHECK(rig.model->work().passage == 0);

        rig.model->reset_work();
        rig.model->begin(rig.activations, all.first(2), std::span(rows).first(2));
        rig.model->project(0, rig.activations, rig.cache);
        CHECK(rig.model->work().prefix ==
              2 * std::int64_t{c.d_model} * c.head_dim * (c.n_heads + 2 * c.n_kv_heads));
    }
}

TEST_CASE("projecting writes nothing into the cache") {
    ModelRig rig("gemma3", {});
    const auto ids = some_ids(12);
    rig.read(ids);
    const auto before = rig.kv_bytes();
    rig.model->begin(rig.activations, std::span(ids).first(3), std::span(rig.rows).subspan(4, 3));
    rig.model->project(0, rig.activations, rig.cache);
    CHECK(rig.kv_bytes() == before);
}

TEST_CASE("a pass stops when it is asked to, and reading nothing leaves nothing") {
    ModelRig rig("llama", {});
    rig.cache.append(some_ids(8), 0, SegmentKind::kPassage, RowState::kExact);
    std::stop_source source;
    source.request_stop();
    const auto rows = consecutive_rows(0, 8);
    const auto stopped =
        run_pass({*rig.model, rig.activations, rig.cache, rows, source.get_token()});
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    CHECK(rig.model->work().passage == 0);
    CHECK(run_pass({*rig.model, rig.activations, rig.cache, {}, {}}) == -1);
}

TEST_CASE("rows of which only K and V are wanted change no bit of the cache or of other rows") {
    for (const char* name : kTinyModels) {
        INFO(name);
        const auto ids = some_ids(23);
        const auto rows = consecutive_rows(0, 23);
        ModelRig whole(name, {.block_rows = 16});
        whole.read(ids);
        std::vector<float> expected(3 * whole.vocab_size());
        whole.model->logits(whole.activations, 4, 3, expected);
        for (const int n_outputs : {0, 1, 3}) {
            ModelRig part(name, {.block_rows = 16});
            part.cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact);
            const auto last =
                run_pass({*part.model, part.activations, part.cache, rows, {}, n_outputs});
            REQUIRE(last == 6);
            CHECK(part.kv_bytes() == whole.kv_bytes());
            std::vector<float> logits(n_outputs * part.vocab_size());
            part.model->logits(part.activations, 7 - n_outputs, n_outputs, logits);
            CHECK(std::equal(logits.begin(), logits.end(), expected.end() - logits.size()));
        }
    }
}

TEST_CASE("the index that a pass returns is the last row's in its block") {
    ModelRig rig("qwen3", {.block_rows = 7});
    const auto ids = some_ids(17);
    rig.cache.append(ids, 0, SegmentKind::kPassage, RowState::kExact);
    const auto rows = consecutive_rows(0, 17);
    const auto last = run_pass({*rig.model, rig.activations, rig.cache, rows, {}, 1});
    REQUIRE(last == 2);
    std::vector<float> logits(rig.vocab_size());
    rig.model->logits(rig.activations, *last, logits);
    const auto all = rig.logits_of_all(ids);
    CHECK(std::equal(logits.begin(), logits.end(), all.end() - rig.vocab_size()));
}

TEST_CASE("a model has one fingerprint, and no two models share it") {
    std::vector<Hash128> seen;
    for (const char* name : kTinyModels) {
        const Hash128 hash = ModelRig(name, {}).model->fingerprint();
        CHECK(ModelRig(name, {}).model->fingerprint() == hash);
        CHECK(std::find(seen.begin(), seen.end(), hash) == seen.end());
        seen.push_back(hash);
    }
}
