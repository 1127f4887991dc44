#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "engine/fusion/fidelity.h"
#include "engine/fusion/fusion_settings.h"
#include "engine/fusion/selectors.h"
#include "tests/fusion/tiny_reading.h"

using namespace lectern;
using namespace lectern::test;

namespace {

using Rows = std::vector<std::int32_t>;

Rows chosen_by(const std::string& selector, TinyReading& reading, double ratio = 0.2,
               std::uint64_t seed = 1) {
    reading.cache.truncate(0);
    RecordingSelector recording(selector);
    take(read_fused(*reading.model, reading.activations, reading.cache, reading.prompt,
                    reading.chunks(), recording, {.ratio = ratio, .seed = seed}, {}));
    return recording.chosen;
}

/// The softmax weights of query head `head` of q[t] at `row` over cache rows, straight from the
/// definition.
std::vector<double> weights_of(const TinyReading& reading, int layer, std::span<const float> q,
                               int head, int row) {
    const ModelConfig& c = reading.model->config();
    const LayerKv kv = reading.cache.layer(layer);
    const int kv_head = head / (c.n_heads / c.n_kv_heads);
    const int begin = c.is_windowed(layer) ? std::max(0, row - c.window + 1) : 0;
    std::vector<double> weights(static_cast<std::size_t>(row) + 1, 0);
    double sum = 0;
    for (int key = begin; key <= row; ++key) {
        double score = 0;
        for (int i = 0; i < c.head_dim; ++i)
            score += double{q[i]} * lectern::test::key(kv, kv_head, key, i);
        sum += weights[key] = std::exp(score * c.attention_scale);
    }
    for (double& weight : weights) weight /= sum;
    return weights;
}

/// Lengths of a layer's values over their KV head's mean up to the question: [n_kv_heads][rows].
std::vector<std::vector<double>> value_norms(const TinyReading& reading, int layer) {
    const KvShape& shape = reading.cache.shape();
    const auto values = reading.layer_values(layer);
    std::vector<std::vector<double>> norms(shape.n_kv_heads, std::vector<double>(kEnd, 0));
    for (int head = 0; head < shape.n_kv_heads; ++head) {
        double sum = 0;
        for (int row = 0; row < kEnd; ++row) {
            const std::size_t at = (row * shape.n_kv_heads + head) * shape.head_dim;
            for (int d = 0; d < shape.head_dim; ++d)
                norms[head][row] += double{values[at + d]} * values[at + d];
            norms[head][row] = std::sqrt(norms[head][row]);
            if (row < kQuestion) sum += norms[head][row];
        }
        for (double& norm : norms[head]) norm *= kQuestion / sum;
    }
    return norms;
}

/// Attention mass of the question's rows on every row, over layers L/3 … L − 1, after plain reuse;
/// the last one's mass counts `last` times more, a row's as much as its value is long.
std::vector<double> expected_masses(TinyReading& reading, double last = 0, bool by_value = false) {
    const ModelConfig& c = reading.model->config();
    reading.cache.truncate(0);
    take(reading.fused(reading.chunks(), "none"));
    std::vector<double> masses(kEnd, 0);
    Rows rows(kEnd - kQuestion);
    std::iota(rows.begin(), rows.end(), kQuestion);
    reading.model->begin(reading.activations, reading.prompt.back().ids, rows);
    for (int layer = 0; layer < c.n_layers; ++layer) {
        reading.model->run_layer(layer, reading.activations, reading.cache);
        if (layer < c.n_layers / 3) continue;
        const auto norms = value_norms(reading, layer);
        const auto q = reading.activations.q.rows(rows.size()).span<float>();
        for (std::size_t t = 0; t < rows.size(); ++t)
            for (int head = 0; head < c.n_heads; ++head) {
                const auto of_head = q.subspan((t * c.n_heads + head) * c.head_dim, c.head_dim);
                const auto weights = weights_of(reading, layer, of_head, head, rows[t]);
                const double times = t + 1 == rows.size() ? 1 + last : 1;
                const auto& norm = norms[head / (c.n_heads / c.n_kv_heads)];
                for (std::size_t key = 0; key < weights.size(); ++key)
                    masses[key] += times * weights[key] * (by_value ? norm[key] : 1);
            }
    }
    return masses;
}

/// Squared L2 between a full read's values at a layer and the placed ones, by row.
std::vector<double> expected_deviations(TinyReading& reading, int layer) {
    reading.cache.truncate(0);
    take(reading.full());
    const auto fresh = reading.layer_values(layer);
    reading.cache.truncate(0);
    take(reading.fused(reading.chunks(KvPrecision::kInt8), "none"));
    const auto placed = reading.layer_values(layer);
    std::vector<double> deviations(kEnd, 0);
    const std::size_t row_size = fresh.size() / kEnd;
    for (std::size_t i = 0; i < fresh.size(); ++i)
        deviations[i / row_size] += std::pow(double{fresh[i]} - placed[i], 2);
    return deviations;
}

/// Every chosen row scores at least as much as every other candidate, but for `tolerance`.
void check_is_top(const Rows& chosen, const std::vector<double>& scores, int begin, int end,
                  double tolerance) {
    double lowest_chosen = std::numeric_limits<double>::infinity(), highest_other = 0;
    for (int row = begin; row < end; ++row) {
        if (std::binary_search(chosen.begin(), chosen.end(), row))
            lowest_chosen = std::min(lowest_chosen, scores[row]);
        else
            highest_other = std::max(highest_other, scores[row]);
    }
    CHECK(lowest_chosen >= highest_other * (1 - tolerance));
}

}  // namespace

TEST_CASE("rows of highest score come first, ties to the lower row, NaN last") {
    const Rows rows{3, 5, 8, 9, 12};
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(ranked_rows(rows, std::vector<float>{1, 2, 2, 3, 2}, 3) == Rows{9, 5, 8});
    CHECK(ranked_rows(rows, std::vector<float>{0, 0, 0, 0, 0}, 2) == Rows{3, 5});
    CHECK(ranked_rows(rows, std::vector<float>{nan, -1, nan, -2, -3}, 3) == Rows{5, 9, 12});
    CHECK(ranked_rows(rows, std::vector<float>{nan, -1, nan, -2, -3}, 5) == Rows{5, 9, 12, 3, 8});
    CHECK(ranked_rows(rows, std::vector<float>(5, 1.0f), 0).empty());
}

TEST_CASE("an unknown selector is refused with the known ones") {
    const auto made = make_selector("fastest");
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::kInvalidArgument);
    for (const std::string_view name : selector_names()) {
        CHECK(made.error().hint.find(name) != std::string::npos);
        CHECK(take(make_selector(name))->name() == name);
    }
    CHECK(selector_names().size() == 10);
}

TEST_CASE("the budget is a share of all passage rows, spent on rows that are not exact") {
    TinyReading reading("llama");
    for (const std::string_view name : selector_names()) {
        if (name == "none" || name == "all") continue;
        const std::string selector(name);
        INFO(selector);
        const Rows chosen = chosen_by(selector, reading, 0.2);
        CHECK(chosen.size() == 15);  // of 77
        CHECK(std::is_sorted(chosen.begin(), chosen.end()));
        CHECK(std::adjacent_find(chosen.begin(), chosen.end()) == chosen.end());
        CHECK(chosen.front() >= kPassage2);
        CHECK(chosen.back() < kQuestion);
        CHECK(chosen_by(selector, reading, 0.0).empty());
        CHECK(static_cast<int>(chosen_by(selector, reading, 1.0).size()) == kQuestion - kPassage2);
    }
}

TEST_CASE("first-k takes the beginnings of the chunks that are not exact") {
    TinyReading reading("llama");
    CHECK(chosen_by("first-k", reading, 6.0 / kPassageRows) == Rows{25, 26, 27, 58, 59, 60});
    CHECK(chosen_by("first-k", reading, 5.0 / kPassageRows) == Rows{25, 26, 27, 58, 59});
}

TEST_CASE("random rows depend on the seed alone") {
    TinyReading reading("llama");
    const Rows once = chosen_by("random", reading, 0.2, 1);
    CHECK(chosen_by("random", reading, 0.2, 1) == once);
    CHECK(chosen_by("random", reading, 0.2, 2) != once);
    // Over many seeds every candidate is drawn about equally often: 15 of 57, ± 5 deviations.
    std::map<std::int32_t, int> drawn;
    const Rows candidates = [] {
        Rows rows(kQuestion - kPassage2);
        std::iota(rows.begin(), rows.end(), kPassage2);
        return rows;
    }();
    const auto selector = take(make_selector("random"));
    const CacheLayout layout;
    struct Nothing : PlacedLayers {
        Status require(int) override { return {}; }
        Status restore(int) override { return {}; }
    } placed;
    PhaseClock clock;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const auto chosen = take(selector->rank({.model = *reading.model,
                                                 .activations = reading.activations,
                                                 .cache = reading.cache,
                                                 .placed = placed,
                                                 .clock = clock,
                                                 .layout = layout,
                                                 .candidates = candidates,
                                                 .budget = 15,
                                                 .sure_nats = 0,
                                                 .seed = seed,
                                                 .stop = {}}));
        for (const std::int32_t row : chosen) ++drawn[row];
    }
    const double expected = 400 * 15.0 / 57, deviation = std::sqrt(expected * (1 - 15.0 / 57));
    for (const std::int32_t row : candidates)
        CHECK(std::abs(drawn[row] - expected) < 5 * deviation);
}

TEST_CASE("question chooses the rows with the most attention mass from the question") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name, {.cache_dtype = DType::kF32});
        const auto masses = expected_masses(reading);
        // f32 sums against double ones.
        check_is_top(chosen_by("question", reading), masses, kPassage2, kQuestion, 1e-4);
    }
}

TEST_CASE("question-end counts the question's last row as much as all of its rows") {
    for (const std::string& name : kTinyModels) {
        for (const int activation_rows : {128, 4}) {  // the question in one block, and in several
            INFO(name << ", " << activation_rows);
            TinyReading reading(name,
                                {.activation_rows = activation_rows, .cache_dtype = DType::kF32});
            TinyReading whole(name, {.cache_dtype = DType::kF32});
            const auto masses = expected_masses(whole, kEnd - kQuestion);
            const Rows chosen = chosen_by("question-end", reading);
            check_is_top(chosen, masses, kPassage2, kQuestion, 1e-4);
        }
    }
}

TEST_CASE("question-value weighs that by the length of the rows' values") {
    for (const std::string& name : kTinyModels) {
        for (const DType dtype : {DType::kF32, DType::kI16}) {
            INFO(name);
            TinyReading reading(name, {.cache_dtype = dtype});
            TinyReading whole(name, {.cache_dtype = DType::kF32});
            const auto masses = expected_masses(whole, kEnd - kQuestion, true);
            const Rows chosen = chosen_by("question-value", reading);
            check_is_top(chosen, masses, kPassage2, kQuestion, dtype == DType::kF32 ? 1e-4 : 0.02);
            CHECK(chosen != chosen_by("question-end", reading));
        }
    }
}

TEST_CASE("cacheblend chooses the rows whose values at layer 1 deviate most") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name, {.cache_dtype = DType::kF32});
        const auto deviations = expected_deviations(reading, 1);
        // Layer 0 of the selector sees exact passages as stored (int8), the full read as computed.
        check_is_top(chosen_by("cacheblend", reading), deviations, kPassage2, kQuestion, 0.05);
    }
}

/// Those of kTinyModels in which values are filtered more than once.
const std::vector<std::string> kDeeperModels{"llama3", "qwen3", "gemma3"};

TEST_CASE("cacheblend-gradual's last filter goes by the values of the last layer it reaches") {
    for (const std::string& name : kDeeperModels) {
        INFO(name);
        TinyReading reading(name, {.cache_dtype = DType::kF32});
        const int last = reading.model->config().n_layers - 1;
        REQUIRE((last > 1 && last < 4));
        const auto deviations = expected_deviations(reading, last);
        // 1.2 · 48 rows are more than the 57 candidates: they all come to the last filter, and
        // their values there are a full read's but for the first passage's rounding.
        const Rows chosen = chosen_by("cacheblend-gradual", reading, 48.0 / kPassageRows);
        CHECK(chosen.size() == 48);
        check_is_top(chosen, deviations, kPassage2, kQuestion, 0.05);
    }
}

TEST_CASE("cacheblend-gradual chooses among the rows that its first filter left") {
    for (const std::string& name : kDeeperModels) {
        INFO(name);
        TinyReading reading(name, {.cache_dtype = DType::kF32});
        const auto by_layer_1 = [&](int n) {
            return chosen_by("cacheblend", reading, static_cast<double>(n) / kPassageRows);
        };
        const Rows chosen = chosen_by("cacheblend-gradual", reading, 10.0 / kPassageRows);
        const Rows left = by_layer_1(20);
        CHECK(std::includes(left.begin(), left.end(), chosen.begin(), chosen.end()));
        CHECK(chosen != by_layer_1(10));
    }
}

TEST_CASE("cacheblend-gradual is charged for the rows of every filter") {
    TinyReading reading("gemma3");
    const Transformer& model = *reading.model;
    REQUIRE(model.config().n_layers == 4);
    const auto chunks = reading.chunks();
    const auto charged = [&](const std::string& selector) {
        reading.cache.truncate(0);
        return take(reading.fused(chunks, selector, 10.0 / kPassageRows)).charged_ratio;
    };
    const double layer = static_cast<double>(model.row_cost()) / 4;
    const double behind_projections = static_cast<double>(model.row_cost() - model.kv_row_cost());
    const double projections = layer - behind_projections;
    // Beyond cacheblend's: 20 rows go through layer 1 and 15 of them through layer 2, and on to the
    // next layer's values.
    const double extra = (20 + 15) * (layer + projections);
    const double all_rows = static_cast<double>(model.kv_row_cost()) * kPassageRows;
    CHECK(charged("cacheblend-gradual") - charged("cacheblend") == Approx(extra / all_rows));
}

TEST_CASE("question-per-chunk gives every chunk rows by the root of its mass, its best ones") {
    for (const std::string& name : kTinyModels) {
        INFO(name);
        TinyReading reading(name, {.cache_dtype = DType::kF32});
        const auto masses = expected_masses(reading);
        const Rows chosen = chosen_by("question-per-chunk", reading, 20.0 / kPassageRows);
        CHECK(chosen.size() == 20);
        // f32 sums against double ones.
        check_is_top(chosen, masses, kPassage2, kPassage3, 1e-4);
        check_is_top(chosen, masses, kPassage3, kQuestion, 1e-4);

        const double root_2 =
            std::sqrt(std::accumulate(&masses[kPassage2], &masses[kPassage3], 0.0));
        const double root_3 =
            std::sqrt(std::accumulate(&masses[kPassage3], &masses[kQuestion], 0.0));
        const double share_2 = 0.25 / 2 + 0.75 * root_2 / (root_2 + root_3);
        const auto n_2 = std::lower_bound(chosen.begin(), chosen.end(), kPassage3) - chosen.begin();
        CHECK(std::abs(static_cast<double>(n_2) - 20 * share_2) <= 1.0);
    }
}

TEST_CASE("a probe leaves no trace") {
    for (const std::string& name : {std::string("llama"), std::string("gemma3")}) {
        for (const std::string_view selector : selector_names()) {
            for (const int activation_rows : {128, 4}) {
                INFO(name << ", " << selector);
                TinyReading probed(name, {.activation_rows = activation_rows}), told(name);
                const auto chunks = told.chunks();
                RecordingSelector recording{std::string(selector)};
                const auto expected = take(probed.fused(chunks, recording, 0.3));
                FixedSelector fixed(recording.chosen);
                CHECK(take(told.fused(chunks, fixed)).logits == expected.logits);
                CHECK(told.all_bytes() == probed.all_bytes());
                CHECK(told.states() == probed.states());
            }
        }
    }
}

TEST_CASE("the less sure the next token, the more rows, in proportion to its entropy") {
    for (const char* selector :
         {"question", "question-end", "question-value", "question-per-chunk"}) {
        INFO(selector);
        TinyReading reading("qwen3");
        const auto chunks = reading.chunks();
        // What a probe of the question sees: the passages as they are stored.
        const double nats = entropy(take(reading.fused(chunks, "none")).logits);
        const auto rows = [&](double sure_nats) {
            reading.cache.truncate(0);
            reading.sure_nats = sure_nats;
            return take(reading.fused(chunks, selector, 0.1)).recomputed_rows;
        };
        CHECK(rows(0) == 8);  // 10 % of 77
        CHECK(rows(1.01 * nats) == 8);
        CHECK(rows(nats / 1.5) == 12);
        CHECK(rows(nats / 3) == 24);
        CHECK(rows(nats / 100) == kQuestion - kPassage2);  // there are no more
    }
}

TEST_CASE("selectors that do not read the question know no entropy, and say so") {
    for (const std::string_view name : selector_names()) {
        const FusionSettings settings{.selector = std::string(name), .sure_nats = 2};
        const auto fusion = make_fusion(settings, 0);
        CHECK(fusion.has_value() == (name.find("question") == 0));
        if (!fusion) CHECK(fusion.error().message.find(name) != std::string::npos);
    }
    CHECK_FALSE(make_fusion({.selector = "question", .sure_nats = -1}, 0));
}
