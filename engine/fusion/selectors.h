// The selectors there are, each in a file of its own, and what ranks rows for them. Inside fusion
// only; everyone else goes through make_selector.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/fusion/token_selector.h"

namespace lectern {

std::unique_ptr<TokenSelector> make_select_none();
std::unique_ptr<TokenSelector> make_select_all();
std::unique_ptr<TokenSelector> make_select_random();
std::unique_ptr<TokenSelector> make_select_first_k();
std::unique_ptr<TokenSelector> make_select_cacheblend();
std::unique_ptr<TokenSelector> make_select_cacheblend_gradual();
std::unique_ptr<TokenSelector> make_select_question();
std::unique_ptr<TokenSelector> make_select_question_end();
std::unique_ptr<TokenSelector> make_select_question_value();
std::unique_ptr<TokenSelector> make_select_question_per_chunk();

/// The n rows of highest score, best first. scores[i] is of rows[i], rows ascending; equal scores:
/// the lower row; a NaN ranks last. Pre: 0 ≤ n ≤ rows.size().
std::vector<std::int32_t> ranked_rows(std::span<const std::int32_t> rows,
                                      std::span<const float> scores, int n);

}  // namespace lectern
