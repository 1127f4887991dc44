#include "engine/decode/sampler.h"

#include <cmath>
#include <limits>
#include <map>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

TokenId sample_once(const SamplerOptions& options, std::vector<float> logits,
                    const std::vector<TokenId>& history = {}) {
    Sampler sampler(options);
    return sampler.sample(logits, history);
}

/// Shares of the tokens in n draws.
std::map<TokenId, double> shares(const SamplerOptions& options, const std::vector<float>& logits,
                                 int n = 4000) {
    Sampler sampler(options);
    std::map<TokenId, double> shares;
    for (int i = 0; i < n; ++i) {
        std::vector<float> scratch = logits;
        shares[sampler.sample(scratch, {})] += 1.0 / n;
    }
    return shares;
}

/// Logits of probabilities.
std::vector<float> log_of(const std::vector<double>& p) {
    std::vector<float> logits;
    for (const double value : p) logits.push_back(static_cast<float>(std::log(value)));
    return logits;
}

}  // namespace

TEST_CASE("greedy takes the largest logit, the lowest id among equals") {
    CHECK(sample_once({}, {0.5f, 2.0f, -1.0f, 2.0f}) == 1);
    CHECK(sample_once({}, {-kInfinity, -kInfinity, -3.0f}) == 2);
    CHECK(sample_once({}, {std::nanf(""), -3.0f}) == 1);
}

TEST_CASE("a temperature draws by probability") {
    const std::vector<double> p{0.1, 0.6, 0.3};
    const auto at_one = shares({.temperature = 1.0f}, log_of(p));
    for (TokenId id = 0; id < 3; ++id) CHECK(at_one.at(id) == Approx(p[id]).margin(0.03));
    const auto cold = shares({.temperature = 0.5f}, log_of(p));  // squares, made to sum to 1
    CHECK(cold.at(1) == Approx(0.36 / 0.46).margin(0.03));
    const auto hot = shares({.temperature = 100.0f}, log_of(p));
    CHECK(hot.at(0) == Approx(1.0 / 3).margin(0.03));
}

TEST_CASE("top-k, top-p and min-p keep exactly the tokens they name") {
    const std::vector<float> logits = log_of({0.05, 0.4, 0.15, 0.3, 0.1});
    const auto kept = [&](SamplerOptions options) {
        options.temperature = 1.0f;
        std::vector<TokenId> ids;
        for (const auto& [id, share] : shares(options, logits)) ids.push_back(id);
        return ids;
    };
    using Ids = std::vector<TokenId>;
    CHECK(kept({}) == Ids{0, 1, 2, 3, 4});
    CHECK(kept({.top_k = 1}) == Ids{1});
    CHECK(kept({.top_k = 3}) == Ids{1, 2, 3});
    CHECK(kept({.top_k = 100}) == Ids{0, 1, 2, 3, 4});
    CHECK(kept({.top_p = 0.0f}) == Ids{1});
    CHECK(kept({.top_p = 0.65f}) == Ids{1, 3});
    CHECK(kept({.top_p = 0.75f}) == Ids{1, 2, 3});
    CHECK(kept({.top_k = 2, .top_p = 0.5f}) == Ids{1});  // 0.4 of the 0.7 that top-k left
    CHECK(kept({.min_p = 0.3f}) == Ids{1, 2, 3});        // at least 0.12
    CHECK(kept({.min_p = 1.0f}) == Ids{1});
}

TEST_CASE("a repetition penalty weakens what the window holds, once a token") {
    SamplerOptions options{.repetition_penalty = 2.0f, .repetition_window = 2};
    CHECK(sample_once(options, {3.0f, 2.0f, 1.0f}, {}) == 0);
    CHECK(sample_once(options, {3.0f, 2.0f, 1.0f}, {0}) == 1);
    CHECK(sample_once(options, {3.0f, 2.0f, 1.0f}, {0, 2, 2}) == 0);  // 0 left the window
    CHECK(sample_once(options, {5.0f, 2.0f, 1.0f}, {0, 0}) == 0);     // 2.5, not 1.25
    CHECK(sample_once(options, {-1.0f, -1.5f, -9.0f}, {0}) == 1);     // negative: −2
}

TEST_CASE("a seed gives the same tokens again, and these very ones on every standard library") {
    const std::vector<float> logits(1000, 0.0f);
    const auto draw = [&](std::uint64_t seed) {
        Sampler sampler({.temperature = 1.0f, .seed = seed});
        std::vector<TokenId> ids;
        for (int i = 0; i < 6; ++i) {
            std::vector<float> scratch = logits;
            ids.push_back(sampler.sample(scratch, {}));
        }
        return ids;
    };
    CHECK(draw(7) == draw(7));
    CHECK(draw(7) != draw(8));
    // Equal logits: token floor(1000 · u) of mt19937_64, whose sequence the standard fixes.
    std::mt19937_64 random(7);
    std::vector<TokenId> expected;
    for (int i = 0; i < 6; ++i)
        expected.push_back(static_cast<TokenId>(1000 * ((random() >> 11) * 0x1.0p-53)));
    CHECK(draw(7) == expected);
}
