#include "engine/fusion/fidelity.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lectern {
namespace {

/// log Σ exp(logits).
double log_sum_exp(std::span<const float> logits) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit - largest);
    return largest + std::log(sum);
}

}  // namespace

double kl_divergence(std::span<const float> p_logits, std::span<const float> q_logits) {
    assert(p_logits.size() == q_logits.size() && !p_logits.empty());
    const double p_norm = log_sum_exp(p_logits);
    const double q_norm = log_sum_exp(q_logits);
    double kl = 0;
    for (std::size_t i = 0; i < p_logits.size(); ++i) {
        const double log_p = p_logits[i] - p_norm;
        const double log_q = q_logits[i] - q_norm;
        const double p = std::exp(log_p);
        if (p > 0) kl += p * (log_p - log_q);
    }
    return std::max(kl, 0.0);
}

double entropy(std::span<const float> logits) {
    assert(!logits.empty());
    const double norm = log_sum_exp(logits);
    double nats = 0;
    for (const float logit : logits) {
        const double log_p = logit - norm;
        const double p = std::exp(log_p);
        if (p > 0) nats -= p * log_p;
    }
    return std::max(nats, 0.0);
}

}  // namespace lectern
