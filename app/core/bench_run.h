// What all benchmarks share: rows, alternating rounds, text to read.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "app/core/bench.h"

namespace lectern {

/// What a measured run does after its preparation; its time is what counts.
struct Measured {
    std::function<Status()> prepare;
    std::function<Status()> run;
};

/// A row of options.n_tokens with nothing measured yet.
BenchRow new_row(std::string what, const std::filesystem::path& model, const BenchOptions& options,
                 std::string device);
/// The row's figures from its samples; n_counted: what one run counts.
void summarise(BenchRow& row, double n_counted);
/// One unmeasured run, then `repeat` measured ones of each, alternating. rows[i] gets the samples
/// of measured[i].
Status measure(std::vector<BenchRow>& rows, const std::vector<Measured>& measured, int repeat);

/// Real text, repeated until it is long enough: n tokens.
std::vector<TokenId> text_tokens(const Tokenizer& tokenizer, int n);
/// A session with room for options.n_tokens. kTooLong where the model has not.
Result<std::unique_ptr<ModelSession>> open_session(const std::filesystem::path& model,
                                                   const BenchOptions& options,
                                                   std::stop_token stop);

}  // namespace lectern
