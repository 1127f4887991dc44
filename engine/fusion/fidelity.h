// Next-token distributions: how far apart two are, and how sure one is.
#pragma once

#include <span>

namespace lectern {

/// KL(p ‖ q) in nats of the distributions that two rows of logits mean; ≥ 0. In double throughout.
double kl_divergence(std::span<const float> p_logits, std::span<const float> q_logits);

/// −Σ p log p in nats of the distribution that a row of logits means; ≥ 0. In double throughout.
double entropy(std::span<const float> logits);

}  // namespace lectern
