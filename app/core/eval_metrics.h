// What an answer is measured by: token F1, Rouge-L, and the divergence of next-token distributions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

/// SQuAD's token F1 of the answer's first line, best over references: lower-case, ASCII punctuation
/// and the articles a, an, the removed, split at white space. In [0, 1].
double token_f1(std::string_view answer, std::span<const std::string> references);

/// Whether a reference's tokens, as token_f1 takes them, stand behind one another in the answer,
/// all lines of it. An empty reference does not.
bool contains_answer(std::string_view answer, std::span<const std::string> references);

/// F-measure of the longest common subsequence of stemmed tokens (runs of ASCII letters and digits;
/// words longer than three letters by Porter's algorithm), best over references. In [0, 1].
double rouge_l(std::string_view answer, std::span<const std::string> references);

/// Index of the largest logit, the lowest among equals. Pre: not empty.
int top_token(std::span<const float> logits);

/// The value at `share` (0 … 1) of the sorted values, linear between neighbours; 0 for no values.
double quantile(std::vector<double> values, double share);
double mean(std::span<const double> values);

}  // namespace lectern
