// Data sets in another shape: fewer passages, passages cut into chunks, an earlier turn in front of
// them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/eval_dataset.h"
#include "engine/base/result.h"

namespace lectern {

struct EvalShape {
    int n_passages = 0;    ///< of a case, at most; 0: all
    int chunk_tokens = 0;  ///< passages are cut into chunks of about so many tokens; 0: not at all
    bool has_history = false;  ///< the case before, answered from its reference, is an earlier turn
};

/// Tokens of a text by the answering model's tokenizer.
using CountTokens = std::function<int(std::string_view)>;

/// Passages are cut first (cut_passage), then chosen (choose_passages); every chunk is a passage.
/// The first case's earlier turn is the last case. kInvalidArgument: history for fewer than two
/// cases, or without reference answers.
Status reshape(std::vector<EvalCase>& cases, const EvalShape& shape, const CountTokens& count);

/// Cuts at sentence ends into chunks of at most n tokens, each under the passage's title and behind
/// what the passage holds before it; longer
/// sentences are cut between words, to about n. A last chunk of less than a quarter of n goes to
/// the one before it.
std::vector<EvalPassage> cut_passage(const EvalPassage& passage, int n, const CountTokens& count);

/// n of the passages, in their order: those that the answer rests on first, then others from the
/// first on. It rests on those with a supporting title; where none is known, on those whose text
/// holds a reference answer (whole words, whatever their case and punctuation).
std::vector<EvalPassage> choose_passages(const EvalCase& item, int n);

/// What a shape adds to its data set's name: "-6-passages-400-tokens-history".
std::string suffix_of(const EvalShape& shape);

}  // namespace lectern
