#include "engine/decode/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

namespace lectern {
namespace {

struct Candidate {
    TokenId id;
    float logit;
    double weight = 0;  ///< exp(logit − largest logit)
};

/// Heap order: the largest logit first, the lowest id among equals.
bool comes_later(const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit < b.logit : a.id > b.id;
}

/// Positive logits are divided by the penalty, negative ones multiplied (Keskar et al., 2019), each
/// token once however often it occurred.
void penalise(std::span<float> logits, std::span<const TokenId> recent, float penalty) {
    const std::unordered_set<TokenId> seen(recent.begin(), recent.end());
    for (const TokenId id : seen) logits[id] *= logits[id] > 0 ? 1 / penalty : penalty;
}

TokenId largest(std::span<const float> logits) {
    return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

std::vector<Candidate> weigh(std::span<const float> logits) {
    const float top = logits[largest(logits)];
    std::vector<Candidate> all;
    all.reserve(logits.size());
    for (std::size_t id = 0; id < logits.size(); ++id)
        if (std::isfinite(logits[id]))
            all.push_back({static_cast<TokenId>(id), logits[id],
                           std::exp(static_cast<double>(logits[id]) - top)});
    return all;
}

double total_weight(std::span<const Candidate> candidates) {
    double total = 0;
    for (const Candidate& candidate : candidates) total += candidate.weight;
    return total;
}

/// Top-k, then top-p of what is left, then min-p, on the distribution at temperature 1; at least
/// one candidate stays. A heap, since few of a large vocabulary are ever kept.
std::vector<Candidate> truncate(std::vector<Candidate> all, const SamplerOptions& options) {
    const bool unlimited = options.top_k <= 0 || options.top_k >= static_cast<int>(all.size());
    if (unlimited && options.top_p >= 1 && options.min_p <= 0) return all;
    const std::size_t n_most = unlimited ? all.size() : options.top_k;
    std::make_heap(all.begin(), all.end(), comes_later);
    const auto take = [&](std::vector<Candidate>& into) {
        std::pop_heap(all.begin(), all.end(), comes_later);
        into.push_back(all.back());
        all.pop_back();
    };
    std::vector<Candidate> kept;
    double total = total_weight(all);
    if (!unlimited) {
        std::vector<Candidate> top;
        while (top.size() < n_most) take(top);
        total = total_weight(top);
        all = std::move(top);
        std::make_heap(all.begin(), all.end(), comes_later);
    }
    double covered = 0;
    while (!all.empty()) {
        const bool enough = options.top_p < 1 && covered >= options.top_p * total;
        if (!kept.empty() && (enough || all.front().weight < options.min_p)) break;
        covered += all.front().weight;
        take(kept);
    }
    return kept;
}

/// Uniform in [0, 1): the same on every standard library.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

TokenId draw(std::span<Candidate> candidates, float temperature, double u) {
    float top = candidates.front().logit;
    for (const Candidate& candidate : candidates) top = std::max(top, candidate.logit);
    for (Candidate& candidate : candidates)
        candidate.weight = std::exp((static_cast<double>(candidate.logit) - top) / temperature);
    const double target = u * total_weight(candidates);
    double sum = 0;
    for (const Candidate& candidate : candidates) {
        sum += candidate.weight;
        if (target < sum) return candidate.id;
    }
    return candidates.back().id;  // rounding of the sum alone leads here
}

}  // namespace

Sampler::Sampler(const SamplerOptions& options) : options_(options), random_(options.seed) {}

TokenId Sampler::sample(std::span<float> logits, std::span<const TokenId> history) {
    for (float& logit : logits)
        if (std::isnan(logit)) logit = -std::numeric_limits<float>::infinity();
    if (options_.repetition_penalty != 1.0f && options_.repetition_window > 0) {
        const std::size_t n = std::min<std::size_t>(history.size(), options_.repetition_window);
        penalise(logits, history.last(n), options_.repetition_penalty);
    }
    if (options_.temperature <= 0) return largest(logits);
    const double u = uniform(random_);
    std::vector<Candidate> all = weigh(logits);
    if (all.empty()) return largest(logits);
    std::vector<Candidate> kept = truncate(std::move(all), options_);
    return draw(kept, options_.temperature, u);
}

}  // namespace lectern
