// What is told of how an answer came about: the prompt word for word, what became of the passages'
// tokens, what a full read would have taken.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "engine/fusion/fuser.h"
#include "engine/kv/kv_cache.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// The rows' tokens as text, control tokens by their written form; valid UTF-8 where whole
/// characters stand in the rows.
std::string prompt_text(std::span<const CacheRow> rows, const Tokenizer& tokenizer);

/// Of each passage in the rows, in their order: what became of its tokens.
std::vector<std::vector<TokenRun>> passage_runs(std::span<const CacheRow> rows);

/// What the first word of a fused read would have taken, had all its rows been computed at the pace
/// of those that were. 0: too few were to tell, or figures has no phases, or the read was full.
double full_read_ms(const AnswerFigures& figures, const FuseReport& report, int question_rows);

}  // namespace lectern
