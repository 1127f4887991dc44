#include "engine/fusion/fusion_settings.h"

#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/listed.h"

namespace lectern {

namespace {

std::vector<std::string_view> question_selectors() {
    std::vector<std::string_view> names;
    for (const std::string_view name : selector_names()) {
        const auto selector = make_selector(name);
        if (selector && (*selector)->reads_question()) names.push_back(name);
    }
    return names;
}

}  // namespace

Result<Fusion> make_fusion(const FusionSettings& settings, std::uint64_t seed) {
    Fusion fusion;
    LECTERN_ASSIGN(fusion.selector, make_selector(settings.selector));
    LECTERN_ASSIGN(fusion.options.correction.rule, make_correction_rule(settings.correction));
    fusion.options.correction.learnt = settings.learnt;
    if (fusion.options.correction.rule.learnt_rows > 0 && !settings.learnt)
        return fail(ErrorCode::kInvalidArgument,
                    settings.correction + " needs what lectern calibrate learns of a model.",
                    "Run it, or choose another correction.");
    if (!(settings.ratio >= 0 && settings.ratio <= 1))
        return fail(ErrorCode::kInvalidArgument, "The ratio must lie between 0 and 1.");
    if (!(settings.sure_nats >= 0))
        return fail(ErrorCode::kInvalidArgument, "An entropy must not be below 0.");
    if (settings.sure_nats > 0 && !fusion.selector->reads_question())
        return fail(ErrorCode::kInvalidArgument,
                    "The selector " + settings.selector +
                        " does not read the question, and cannot tell how sure the answer is.",
                    "Those that do: " + listed(question_selectors()) + ".");
    fusion.options.ratio = settings.ratio;
    fusion.options.seed = seed;
    fusion.options.sure_nats = settings.sure_nats;
    return fusion;
}

}  // namespace lectern
