// A prompt as the engine sees it: typed segments of token ids, in order. Full, fused and eval
// consume the same ones.
#pragma once

#include <vector>

#include "engine/kv/kv_cache.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

struct PromptSegment {
    SegmentKind kind = SegmentKind::kPassage;
    std::vector<TokenId> ids;
};

/// prefix, history…, passage…, question. The question segment is last and not empty.
using PromptSegments = std::vector<PromptSegment>;

}  // namespace lectern
