#include "engine/model/rope_frequencies.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace lectern {
namespace {

/// The pair (as a real number) that turns `turns` times within the original context.
double pair_of_turns(const RopeSettings& s, double turns) {
    return s.rotary_dim * std::log(s.original_context / (turns * 2 * std::numbers::pi)) /
           (2 * std::log(s.base));
}

/// YaRN (Peng et al., 2023), section 3.2: how much of pair i is interpolated, 0 … 1.
double interpolated_share(const RopeSettings& s, int i) {
    const double low = std::max(std::floor(pair_of_turns(s, s.beta_fast)), 0.0);
    double high = std::min(std::ceil(pair_of_turns(s, s.beta_slow)), s.rotary_dim - 1.0);
    if (high == low) high += 0.001;
    return std::clamp((i - low) / (high - low), 0.0, 1.0);
}

double inverse_frequency(const RopeSettings& s, int i) {
    const double plain = std::pow(s.base, -2.0 * i / s.rotary_dim);
    if (s.scaling == RopeScaling::kNone) return plain;
    if (s.scaling == RopeScaling::kLinear) return plain / s.factor;
    const double share = interpolated_share(s, i);
    return plain / s.factor * share + plain * (1 - share);
}

}  // namespace

Rope make_rope(const RopeSettings& settings, std::span<const float> frequency_factors) {
    const int n_pairs = settings.rotary_dim / 2;
    assert(frequency_factors.empty() || static_cast<int>(frequency_factors.size()) == n_pairs);
    Rope rope;
    rope.style = settings.style;
    rope.inverse_frequency.reserve(n_pairs);
    for (int i = 0; i < n_pairs; ++i) {
        const double factor = frequency_factors.empty() ? 1.0 : frequency_factors[i];
        rope.inverse_frequency.push_back(
            static_cast<float>(inverse_frequency(settings, i) / factor));
    }
    if (settings.scaling == RopeScaling::kYarn)
        rope.magnitude =
            static_cast<float>(settings.attention_factor * (0.1 * std::log(settings.factor) + 1));
    return rope;
}

}  // namespace lectern
