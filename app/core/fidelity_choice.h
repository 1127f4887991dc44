// What fast, balanced and exact mean, and the cheapest reading of a model that comes up to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/profile.h"
#include "engine/base/result.h"
#include "engine/fusion/fusion_settings.h"

namespace lectern {

/// How near the full read an answer is to be: the same on every model, whatever it costs there.
enum class Fidelity : std::uint8_t { kFast, kBalanced, kExact };

std::string_view name_of(Fidelity level);
std::vector<std::string_view> fidelity_names();
/// kInvalidArgument lists what there is.
Result<Fidelity> parse_fidelity(std::string_view name);

/// What a profile must show of a reading, on the calibration's text.
struct FidelityBar {
    double kl = 0;        ///< mean KL(full ‖ fused), nats, at most
    double kl_first = 0;  ///< at the answers' first positions, which decide what is answered
    double top1 = 1;      ///< share of positions whose likeliest token is full's, at least
};

/// kExact: the full read itself.
FidelityBar bar_of(Fidelity level);

/// How to read a question's passages.
struct FidelityChoice {
    std::optional<FusionSettings> fusion;  ///< nothing: a full read
    std::string reason;                    ///< one line: what was chosen, and why
};

/// The smallest ratio that meets the level's bar, by interpolation between the profile's points:
/// KLs linear in their logarithms, top-1 linear. A point counts as no better than any of a higher
/// ratio, so that noise buys nothing; below the lowest ratio nothing is assumed. A full read where
/// no ratio meets the bar. `profile` nullptr: the model is not measured; defaults.
FidelityChoice choose(Fidelity level, const Profile* profile);

}  // namespace lectern
