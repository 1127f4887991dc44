// decode → cite: an answer behind a prompt that was read, its sentences cited as they are complete.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/core/citations.h"
#include "app/core/model_session.h"
#include "engine/decode/generator.h"

namespace lectern {

struct DecodeRequest {
    const SentenceCiter& citer;
    std::vector<SourcePassage> passages;  ///< those of the citer, in the session's cache
    GenerateOptions generate;             ///< its `attention` is set here
    std::function<void(std::string_view)> on_text;
    /// Comes before the on_text that follows the sentence; the last one's behind all text.
    std::function<void(const CitedSentence&)> on_sentence;
};

struct CitedAnswer {
    Generated generated;
    std::vector<CitedSentence> sentences;
};

/// logits: of the last prompt row (consumed). Errors of generate(), kOutOfMemory.
Result<CitedAnswer> decode_cited(ModelSession& session, std::span<float> logits,
                                 DecodeRequest request, std::stop_token stop);

}  // namespace lectern
