// Speeds of one model on this machine, each a table's row: for comparing with a peer in the same
// run.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/local_assistant.h"
#include "app/core/model_session.h"
#include "engine/backend/cpu/machine_peak.h"
#include "engine/base/result.h"

namespace lectern {

struct BenchOptions {
    int n_tokens = 2048;  ///< prompt or context length
    int repeat = 5;
    FusionSettings fusion;         ///< ttft, memory
    bool with_full = true;         ///< ttft: the full read beside the fused ones
    std::filesystem::path kv_dir;  ///< ttft, memory: where passages' KV is kept; empty: a folder of
                                   ///< its own under data_folder(), removed afterwards
    std::filesystem::path dump;    ///< ttft: file for the prompt's ids and the logits behind it
    std::filesystem::path dataset;  ///< lookup: questions with passages (eval_dataset.h); empty:
                                    ///< some of its own
    int limit = 4;                  ///< lookup: cases at most
    std::vector<std::string> passages;  ///< embed: what is embedded; empty: text of our own
    std::filesystem::path vectors;      ///< embed: file for the vectors, a JSON list of lists
    SessionOptions session;
};

/// A number that only rows of one kind have.
struct BenchFigure {
    std::string name;
    double value = 0;
};

/// One measured thing over `repeat` runs.
struct BenchRow {
    std::string what;  ///< "prefill", "decode, 4 rows", "first token, fused", …
    std::string model;
    std::string device;
    int n_threads = 0;
    int n_tokens = 0;
    double tokens_per_s =
        0;  ///< from the median; of what the row counts (tokens, passages, queries)
    double ms_p50 = 0;
    double ms_min = 0;
    double int8_ops = 0;     ///< multiplications and additions of a run's products; 0: not counted
    double read_bytes = 0;   ///< weights that a run reads from memory at least once
    std::vector<double> ms;  ///< every run, in order
    std::vector<PhaseTime> phases;  ///< of the run that ms_p50 is of; may be empty
    std::vector<BenchFigure> figures;
    std::string note;  ///< the figures in words, for the table
};

/// The least time that the machine's own limits leave a run, over the median: 1 is the limit. 0
/// where nothing was counted.
double share_of_limit(const BenchRow& row, const MachinePeak& peak);

/// Reading n_tokens of text into an empty cache.
Result<std::vector<BenchRow>> bench_prefill(const std::filesystem::path& model,
                                            const BenchOptions& options, std::stop_token stop);
/// One step behind n_tokens of context, with 1, 2, 4, 8 and 16 rows.
Result<std::vector<BenchRow>> bench_decode(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop);
/// From prompt to logits: six passages of n_tokens together and a question, in full and fused from
/// KV on disk, once with the files in the page cache (warm), once not (cold), alternating.
Result<std::vector<BenchRow>> bench_ttft(const std::filesystem::path& model,
                                         const BenchOptions& options, std::stop_token stop);
/// Decoding answers behind n_tokens of passages and a question, plain and with look-up,
/// alternating: answers that quote, plain answers, and texts that have nothing to do with the
/// passages. Two rows each; kInternal where look-up changes an answer.
Result<std::vector<BenchRow>> bench_lookup(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop);
/// The most memory held while loading the model with a context of n_tokens and answering once; its
/// one row has no times. Earlier work of this process counts where it still holds memory.
Result<std::vector<BenchRow>> bench_memory(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop);
/// Opening the model until its first token could be computed.
Result<std::vector<BenchRow>> bench_load(const std::filesystem::path& model,
                                         const BenchOptions& options, std::stop_token stop);
/// Searching the assistant's library; a row counts queries.
Result<std::vector<BenchRow>> bench_search(LocalAssistant& assistant, const std::string& query,
                                           const BenchOptions& options);
/// Embedding the passages given, or n_tokens / 200 of about 200 tokens.
Result<std::vector<BenchRow>> bench_embed(const std::filesystem::path& embedder,
                                          const BenchOptions& options, std::stop_token stop);

}  // namespace lectern
