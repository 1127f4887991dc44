// RoPE's inverse frequencies, fixed at load: base, linear or YaRN scaling, a file's own factors.
#pragma once

#include <span>
#include <string>

#include "engine/backend/backend.h"

namespace lectern {

enum class RopeScaling : std::uint8_t { kNone, kLinear, kYarn };

struct RopeSettings {
    RopeStyle style = RopeStyle::kHalves;
    int rotary_dim = 0;  ///< even
    double base = 10'000;
    RopeScaling scaling = RopeScaling::kNone;
    double factor = 1;         ///< linear, YaRN: how far the context is stretched
    int original_context = 0;  ///< YaRN: tokens before the stretch
    double beta_fast = 32;     ///< YaRN: turns in the original context above which a pair is kept
    double beta_slow = 1;      ///< YaRN: turns below which a pair is stretched in full
    double attention_factor = 1;  ///< YaRN: on cos and sin, times 0.1 · ln(factor) + 1
};

/// Divided by frequency_factors (rotary_dim / 2 values) where there are any.
Rope make_rope(const RopeSettings& settings, std::span<const float> frequency_factors);

}  // namespace lectern
