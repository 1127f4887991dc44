#include "engine/fusion/fusion_settings.h"

#include <utility>

namespace lectern {

Result<Fusion> make_fusion(const FusionSettings& settings, std::uint64_t seed) {
    Fusion fusion;
    LECTERN_ASSIGN(fusion.selector, make_selector(settings.selector));
    LECTERN_ASSIGN(fusion.options.correction, make_correction_rule(settings.correction));
    if (!(settings.ratio >= 0 && settings.ratio <= 1))
        return fail(ErrorCode::kInvalidArgument, "The ratio must lie between 0 and 1.");
    if (!(settings.sure_nats >= 0))
        return fail(ErrorCode::kInvalidArgument, "An entropy must not be below 0.");
    if (settings.sure_nats > 0 && !fusion.selector->reads_question())
        return fail(ErrorCode::kInvalidArgument,
                    "The selector " + settings.selector +
                        " does not read the question, and cannot tell how sure the answer is.",
                    "Choose one that does (question, question-end), or no --sure-nats.");
    fusion.options.learnt = settings.learnt;
    fusion.options.ratio = settings.ratio;
    fusion.options.seed = seed;
    fusion.options.sure_nats = settings.sure_nats;
    return fusion;
}

}  // namespace lectern
