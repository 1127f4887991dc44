#include "app/core/eval_reader.h"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "app/core/eval_metrics.h"
#include "engine/fusion/fidelity.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

constexpr int kActivationRows = EvalReader::kMaxPositions;

/// Positions of an answer at which distributions are compared: one a token, and its end if it came.
int n_positions(const Generated& answer, int at_most) {
    const int n =
        static_cast<int>(answer.tokens.size()) + (answer.finish == FinishReason::kStop ? 1 : 0);
    return std::clamp(n, 1, at_most);
}

}  // namespace

Result<EvalReader> EvalReader::create(EvalEngine& engine, const EvalOptions& options,
                                      int capacity) {
    const ModelConfig& config = engine.model.config();
    Backend& backend = engine.model.backend();
    LECTERN_ASSIGN(Activations activations, Activations::create(backend, config, kActivationRows));
    LECTERN_ASSIGN(KvCache cache, KvCache::create(backend, config.kv_shape(), capacity));
    return EvalReader(engine, options, std::move(activations), std::move(cache));
}

Status EvalReader::begin_case(const EvalCase& item, const PromptSegments& prompt,
                              const std::stop_token& stop) {
    case_ = &item;
    chunks_.clear();
    assert(!prompt.empty() && prompt.front().kind == SegmentKind::kPrefix);
    LECTERN_TRY(read_prefix(prompt.front().ids, stop));
    behind_prefix_.assign(prompt.begin() + 1, prompt.end());
    EvalVariant full;
    full.mode = AnswerMode::kFull;
    LECTERN_ASSIGN(full_, read_and_answer(full, nullptr, stop));
    return {};
}

Status EvalReader::read_prefix(const std::vector<TokenId>& prefix, const std::stop_token& stop) {
    if (prefix == prefix_) return {};
    cache_.truncate(0);
    prefix_.clear();
    cache_.append(prefix, 0, SegmentKind::kPrefix, RowState::kExact);
    LECTERN_TRY(
        run_pass({engine_->model, activations_, cache_, consecutive_rows(0, cache_.size()), stop}));
    prefix_ = prefix;
    return {};
}

Result<FuseReport> EvalReader::read(const EvalVariant& variant, const std::stop_token& stop) {
    if (variant.mode == AnswerMode::kFull)
        return read_full(engine_->model, activations_, cache_, behind_prefix_, stop);
    LECTERN_ASSIGN(const Fusion fusion, make_fusion(variant.fusion, options_->seed));
    return read_fused(engine_->model, activations_, cache_, behind_prefix_, chunks_.of(variant),
                      *fusion.selector, fusion.options, stop);
}

Result<Generated> EvalReader::decode(std::vector<float> logits, const std::stop_token& stop) {
    GenerateOptions options;
    options.max_tokens = options_->max_answer_tokens;
    options.stop_tokens = engine_->stop_tokens;
    options.segment = cache_.rows().back().segment + 1;
    LECTERN_ASSIGN(Generated answer, generate(
                                         engine_->model, activations_, cache_, engine_->tokenizer,
                                         logits, options, [](std::string_view) {}, stop));
    if (answer.finish == FinishReason::kCancelled)
        return fail(ErrorCode::kCancelled, "The evaluation was cancelled.");
    return answer;
}

/// Logits behind 0, 1, … of the answer's tokens [positions, vocab_size]; the tokens are run behind
/// the prompt and dropped again.
Result<std::vector<float>> EvalReader::follow_answer(std::vector<float> first_logits,
                                                     const Generated& answer,
                                                     const std::stop_token& stop) {
    const int n = n_positions(answer, options_->max_kl_positions) - 1;  // rows to run
    const int prompt_rows = cache_.size();
    const std::size_t vocab_size = first_logits.size();
    std::vector<float> logits = std::move(first_logits);
    logits.resize(static_cast<std::size_t>(n + 1) * vocab_size);
    const auto ids = std::span(answer.tokens).first(static_cast<std::size_t>(n));
    const auto rows = consecutive_rows(cache_.append(ids, cache_.rows().back().segment + 1,
                                                     SegmentKind::kAnswer, RowState::kExact),
                                       n);
    const Result<int> last = run_pass({engine_->model, activations_, cache_, rows, stop, n});
    cache_.truncate(prompt_rows);
    if (!last) return tl::unexpected<Error>(last.error());
    for (int t = 0; t < n; t += Transformer::kLogitRows) {
        const int block = std::min(Transformer::kLogitRows, n - t);
        engine_->model.logits(activations_, t, block,
                              std::span(logits).subspan((t + 1) * vocab_size, block * vocab_size));
    }
    return logits;
}

/// full_answer: whose positions the logits are of; nullptr: the reading's own answer. The cache is
/// back at the prefix afterwards.
Result<EvalReader::Reading> EvalReader::read_and_answer(const EvalVariant& variant,
                                                        const Generated* full_answer,
                                                        const std::stop_token& stop) {
    const int prefix_rows = cache_.size();
    const auto begin = std::chrono::steady_clock::now();
    Reading reading;
    LECTERN_ASSIGN(reading.report, read(variant, stop));
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - begin;
    reading.ttft_ms = elapsed.count();

    const int prompt_rows = cache_.size();
    Result<Generated> answer = decode(reading.report.logits, stop);
    cache_.truncate(answer ? prompt_rows : prefix_rows);
    if (!answer) return tl::unexpected<Error>(std::move(answer).error());
    reading.answer = std::move(*answer);

    auto logits = follow_answer(std::move(reading.report.logits),
                                full_answer == nullptr ? reading.answer : *full_answer, stop);
    cache_.truncate(prefix_rows);
    if (!logits) return tl::unexpected<Error>(std::move(logits).error());
    reading.logits = std::move(*logits);
    return reading;
}

Result<EvalMeasurement> EvalReader::measure(const EvalVariant& variant,
                                            const std::stop_token& stop) {
    const bool is_fused = variant.mode == AnswerMode::kFused;
    if (is_fused)
        LECTERN_TRY(
            chunks_.compute(variant, engine_->model, activations_, cache_, behind_prefix_, stop));
    Reading fused;
    if (is_fused) {
        LECTERN_ASSIGN(fused, read_and_answer(variant, &full_.answer, stop));
    }
    const Reading& reading = is_fused ? fused : full_;

    EvalMeasurement m;
    m.answer = reading.answer.text;
    m.answer_full = full_.answer.text;
    m.f1 = token_f1(m.answer, case_->answers);
    m.f1_full = token_f1(m.answer_full, case_->answers);
    m.rouge_l = rouge_l(m.answer, case_->answers);
    m.rouge_l_full = rouge_l(m.answer_full, case_->answers);
    const auto vocab_size = static_cast<std::size_t>(engine_->model.config().vocab_size);
    for (std::size_t at = 0; at < full_.logits.size(); at += vocab_size) {
        const auto full = std::span(full_.logits).subspan(at, vocab_size);
        const auto own = std::span(reading.logits).subspan(at, vocab_size);
        m.kl.push_back(kl_divergence(full, own));
        m.same_top1.push_back(top_token(full) == top_token(own) ? 1 : 0);
    }
    m.same_answer = reading.answer.tokens == full_.answer.tokens;
    m.charged_ratio = reading.report.charged_ratio;
    m.ttft_ms = reading.ttft_ms;
    m.ttft_full_ms = full_.ttft_ms;
    m.load_ms = reading.report.load_ms;
    m.recomputed_rows = reading.report.recomputed_rows;
    m.passage_rows = reading.report.recomputed_rows + reading.report.reused_rows;
    return m;
}

}  // namespace lectern
