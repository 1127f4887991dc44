// A passage's tokens → windows that fit an encoder's input.
#pragma once

#include <span>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lectern {

struct TokenWindowOptions {
    int max_tokens = 254;         ///< of a window, context included; > max_context_tokens
    int max_context_tokens = 48;  ///< of the context that each window begins with; the rest is cut
    int overlap_tokens = 24;      ///< of neighbouring windows; capped at half of their text
};

/// At least one window, empty where there are no tokens at all. Every token of `text` is in one.
std::vector<std::vector<TokenId>> token_windows(std::span<const TokenId> context,
                                                std::span<const TokenId> text,
                                                const TokenWindowOptions& options);

}  // namespace lectern
