#include "app/core/eval_label.h"

#include "app/core/eval_format.h"

namespace lectern {
namespace {

bool chooses(const FusionSettings& fusion) {
    return fusion.selector != "none" && fusion.selector != "all";
}

/// Whether the correction means anything: where no row is recomputed only one that was learnt does.
bool corrects(const FusionSettings& fusion) {
    const auto rule = make_correction_rule(fusion.correction);
    if (!rule || rule->strength == 0 || fusion.selector == "all") return false;
    return chooses(fusion) || rule->learnt_rows > 0;
}

}  // namespace

std::string label_of(const EvalVariant& variant) {
    const std::string family = family_of(variant);
    const FusionSettings& fusion = variant.fusion;
    const bool has_ratio = variant.mode == AnswerMode::kFused &&
                           variant.chunks != ChunkSource::kFullRead && chooses(fusion);
    if (!has_ratio) return family;
    return family + " " + percent(fusion.ratio);
}

std::string family_of(const EvalVariant& variant) {
    if (variant.mode == AnswerMode::kFull) return "full read";
    if (variant.chunks == ChunkSource::kFullRead) return "stored " + name_of(variant.kv_format);
    const FusionSettings& fusion = variant.fusion;
    std::string family = fusion.selector;
    if (corrects(fusion)) family += " + " + fusion.correction;
    if (chooses(fusion) && fusion.sure_nats > 0)
        family += " by entropy over " + shortest(fusion.sure_nats);
    if (variant.chunks == ChunkSource::kInDocument) family += " in document";
    if (variant.kv_format != kDefaultKvFormat) family += " " + name_of(variant.kv_format);
    return family;
}

bool is_plain_reuse(const EvalVariant& variant) {
    return variant.mode == AnswerMode::kFused && variant.fusion.selector == "none" &&
           !corrects(variant.fusion) && variant.chunks == ChunkSource::kAlone;
}

}  // namespace lectern
