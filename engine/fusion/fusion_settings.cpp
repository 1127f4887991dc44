#include "engine/fusion/fusion_settings.h"

#include <utility>

namespace lectern {

Result<Fusion> make_fusion(const FusionSettings& settings, std::uint64_t seed) {
    Fusion fusion;
    LECTERN_ASSIGN(fusion.selector, make_selector(settings.selector));
    LECTERN_ASSIGN(fusion.options.correction, make_correction_rule(settings.correction));
    if (!(settings.ratio >= 0 && settings.ratio <= 1))
        return fail(ErrorCode::kInvalidArgument, "The ratio must lie between 0 and 1.");
    if (!(settings.tolerance >= 0))
        return fail(ErrorCode::kInvalidArgument, "The tolerance must not be below 0.");
    fusion.options.ratio = settings.ratio;
    fusion.options.seed = seed;
    fusion.options.stopping.tolerance = settings.tolerance;
    return fusion;
}

}  // namespace lectern
