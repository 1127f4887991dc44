// How far one next-token distribution is from another, and when a fused reading is near enough to
// what more recomputing would give.
#pragma once

#include <span>

namespace lectern {

/// KL(p ‖ q) in nats of the distributions that two rows of logits mean; ≥ 0. In double throughout.
double kl_divergence(std::span<const float> p_logits, std::span<const float> q_logits);

/// Recomputing in slices of the ranked rows until the next-token distribution settles. Easy cases
/// then cost little and hard ones go up to every row.
struct StoppingRule {
    /// Two readings whose distributions differ by at most this (nats, KL(later ‖ earlier)) count as
    /// settled. 0: one slice, whatever comes of it.
    double tolerance = 0.0;
    double first_share = 0.03;  ///< of all passage rows, in the first slice
    double growth = 2.0;        ///< of the rows recomputed so far, from slice to slice, > 1
    /// Of all passage rows: what is not settled with them is read in full. At least first_share.
    double last_share = 0.5;
};

}  // namespace lectern
