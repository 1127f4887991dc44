#include "app/core/eval_label.h"

#include "app/core/eval_format.h"

namespace lectern {
namespace {

bool chooses(const FusionSettings& fusion) {
    return fusion.selector != "none" && fusion.selector != "all";
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
    if (chooses(fusion) && fusion.correction != "none") family += " + " + fusion.correction;
    if (chooses(fusion) && fusion.sure_nats > 0) family += " by entropy";
    if (variant.chunks == ChunkSource::kInDocument) family += " in document";
    if (variant.kv_format != kDefaultKvFormat) family += " " + name_of(variant.kv_format);
    return family;
}

bool is_plain_reuse(const EvalVariant& variant) {
    return variant.mode == AnswerMode::kFused && variant.fusion.selector == "none" &&
           variant.chunks == ChunkSource::kAlone;
}

}  // namespace lectern
