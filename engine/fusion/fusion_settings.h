// How a question's passages are fused, by names: what the command line, evaluations and profiles
// speak of.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/fusion/fuser.h"
#include "engine/fusion/token_selector.h"

namespace lectern {

struct FusionSettings {
    std::string selector = "question-end";     ///< make_selector()
    std::string correction = "pooled-affine";  ///< make_correction_rule()
    double ratio = 0.15;                       ///< share of all passage rows to recompute, [0, 1]
    double sure_nats = 0.0;                    ///< FuseOptions', ≥ 0
    std::shared_ptr<const LearntShift> learnt = nullptr;  ///< of the model: "static-shift" needs it
};

/// Settings as the fuser takes them. The selector of one reading at a time.
struct Fusion {
    std::unique_ptr<TokenSelector> selector;
    FuseOptions options;
};

/// kInvalidArgument: an unknown name, a number out of range.
Result<Fusion> make_fusion(const FusionSettings& settings, std::uint64_t seed);

}  // namespace lectern
