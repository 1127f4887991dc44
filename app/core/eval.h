// Fused against full reading on a question-answering data set: the same prompts, ids and decoder
// for both, so that what differs is the reading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/eval_comparison.h"
#include "app/core/eval_dataset.h"
#include "engine/base/result.h"
#include "engine/fusion/prompt_segments.h"
#include "engine/kv/chunk_kv.h"
#include "engine/model/transformer.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// What a variant's chunks were computed behind.
enum class ChunkSource : std::uint8_t {
    kAlone,       ///< the prefix alone
    kFullRead,    ///< all that stands before it in the prompt: the full read's own KV; with no row
                  ///< recomputed, what the stored form costs alone
    kInDocument,  ///< the prefix and what stands before it in its own document; the first alone
};

/// A way to read a prompt. kFull reads everything: nothing else of it means anything then.
struct EvalVariant {
    AnswerMode mode = AnswerMode::kFused;
    FusionSettings fusion;
    KvFormat kv_format = kDefaultKvFormat;
    ChunkSource chunks = ChunkSource::kAlone;
};

struct EvalOptions {
    std::vector<EvalVariant> variants{EvalVariant{}};
    int limit = 0;  ///< cases to measure; 0: all
    int skip = 0;   ///< cases left out at the beginning
    int max_answer_tokens = 32;
    int max_kl_positions = 16;  ///< of full's own greedy answer, its end included
    std::uint64_t seed = 0;
    std::filesystem::path resume_file;  ///< JSON lines, appended case by case; empty: none
    /// Full readings and chunks' KV, kept for other runs on the same cases (eval_kept.h); empty:
    /// none
    std::filesystem::path keep_folder;
    std::string baseline;  ///< label or family (eval_label.h) to compare KL with; empty: none
};

/// What measures. The prompt of a case is the product's: prefix, history, a segment a passage,
/// question.
/// build_prompt's kTooLong leaves the case out, its other errors end the evaluation.
struct EvalEngine {
    Transformer& model;
    const Tokenizer& tokenizer;
    std::vector<TokenId> stop_tokens;
    std::function<Result<PromptSegments>(const EvalCase&)> build_prompt;
    /// A passage's own tokens, as they stand in a prompt; for ChunkSource::kInDocument.
    std::function<std::vector<TokenId>(const EvalPassage&)> passage_tokens;
};

/// Means over cases; KL in nats, over the positions of full's own greedy answer.
struct EvalRow {
    EvalVariant variant;
    int n = 0;  ///< cases
    double f1 = 0, f1_full = 0;
    double rouge_l = 0, rouge_l_full = 0;
    double kl_mean = 0, kl_p95 = 0;      ///< over all positions of all cases
    double kl_first = 0;                 ///< at each answer's first position
    double kl_case = 0, kl_case_se = 0;  ///< mean of the cases' means, and its standard error
    double top1_agreement = 0;           ///< share of positions
    double exact_match_full = 0;         ///< share of cases answered with full's very tokens
    double charged_ratio = 0;
    double kv_bytes_per_token = 0;  ///< of the passages' stored KV (kv_payload_bytes)
    /// From the prompt to the first token: prefix and chunks' KV there, no retrieval.
    double ttft_ms_p50 = 0, ttft_full_ms_p50 = 0;

    bool has_references = true;  ///< false: no case has a reference answer; F1, Rouge-L: nothing
    EvalComparison all;
    std::optional<EvalComparison> answered;  ///< the cases that full answers; needs references
};

struct SkippedCase {
    int number = 0;  ///< from 1, in the file
    std::string reason;
};

struct EvalReport {
    std::vector<EvalRow> rows;  ///< as EvalOptions::variants
    std::vector<SkippedCase> skipped;
    std::vector<EvalDocument> documents;  ///< that cases were made of, or could not be
    std::vector<std::string> fidelity;  ///< how rows' readings were chosen; empty: they were given
    int n_resumed = 0;                  ///< measurements taken from the resume file
    double seconds = 0;
};

struct EvalProgress {
    int cases_done = 0;
    int cases_total = 0;
};

/// One full read and one chunk pass a case serve all variants. A case beyond the model's context is
/// skipped, and said so. kInvalidArgument: an unknown selector, a ratio outside [0, 1], a baseline
/// that is not measured, nothing to measure. kCancelled: what was measured is in the resume file.
/// Owns the model while it runs.
Result<EvalReport> run_eval(const EvalOptions& options, std::span<const EvalCase> cases,
                            EvalEngine& engine,
                            const std::function<void(const EvalProgress&)>& on_progress,
                            std::stop_token stop);

}  // namespace lectern
