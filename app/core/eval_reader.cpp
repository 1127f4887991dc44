#include "app/core/eval_reader.h"

#include <cassert>
#include <chrono>

#include "app/core/eval_answers.h"
#include "app/core/eval_metrics.h"
#include "engine/fusion/cache_layout.h"

namespace lectern {
namespace {

constexpr int kActivationRows = EvalReader::kMaxPositions;

}  // namespace

Result<EvalReader> EvalReader::create(EvalEngine& engine, const EvalOptions& options,
                                      int capacity) {
    const ModelConfig& config = engine.model.config();
    Backend& backend = engine.model.backend();
    LECTERN_ASSIGN(Activations activations, Activations::create(backend, config, kActivationRows));
    LECTERN_ASSIGN(KvCache cache, KvCache::create(backend, config.kv_shape(), capacity));
    LECTERN_ASSIGN(EvalKept kept, EvalKept::open(options.keep_folder));
    return EvalReader(engine, options, std::move(activations), std::move(cache), std::move(kept));
}

Status EvalReader::begin_case(const EvalCase& item, const PromptSegments& prompt,
                              std::span<const std::vector<TokenId>> before, const Hash128& key,
                              const std::stop_token& stop) {
    case_ = &item;
    before_ = before;
    chunks_.clear();
    assert(!prompt.empty() && prompt.front().kind == SegmentKind::kPrefix);
    LECTERN_TRY(read_prefix(prompt.front().ids, stop));
    behind_prefix_.assign(prompt.begin() + 1, prompt.end());
    if (std::optional<EvalReading> kept = kept_.find(key)) {
        full_ = std::move(*kept);
        return {};
    }
    EvalVariant full;
    full.mode = AnswerMode::kFull;
    LECTERN_ASSIGN(full_, read_and_answer(full, nullptr, stop));
    return kept_.put(key, full_);
}

Status EvalReader::read_prefix(const std::vector<TokenId>& prefix, const std::stop_token& stop) {
    if (prefix == prefix_) return {};
    cache_.truncate(0);
    prefix_.clear();
    LECTERN_TRY(lectern::read_prefix(engine_->model, activations_, cache_, prefix, stop));
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

/// full_answer: whose positions the logits are of; nullptr: the reading's own answer. The cache is
/// back at the prefix afterwards.
Result<EvalReading> EvalReader::read_and_answer(const EvalVariant& variant,
                                                const Generated* full_answer,
                                                const std::stop_token& stop) {
    const CacheRollback back(cache_);
    const auto begin = std::chrono::steady_clock::now();
    EvalReading reading;
    LECTERN_ASSIGN(FuseReport report, read(variant, stop));
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - begin;
    reading.ttft_ms = elapsed.count();
    reading.charged_ratio = report.charged_ratio;
    reading.load_ms = report.load_ms;
    reading.recomputed_rows = report.recomputed_rows;
    reading.reused_rows = report.reused_rows;

    const EvalDecoder decoder{engine_->model,
                              activations_,
                              engine_->tokenizer,
                              engine_->stop_tokens,
                              options_->max_answer_tokens,
                              options_->max_kl_positions};
    LECTERN_ASSIGN(reading.answer, decode_answer(decoder, cache_, report.logits, stop));
    LECTERN_ASSIGN(reading.logits,
                   follow_answer(decoder, cache_, std::move(report.logits),
                                 full_answer == nullptr ? reading.answer : *full_answer, stop));
    return reading;
}

Result<EvalMeasurement> EvalReader::measure(const EvalVariant& variant,
                                            const std::stop_token& stop) {
    const bool is_fused = variant.mode == AnswerMode::kFused;
    if (is_fused)
        LECTERN_TRY(chunks_.compute(
            variant,
            {engine_->model, activations_, cache_, behind_prefix_, kept_.chunks(), before_}, stop));
    EvalReading fused;
    if (is_fused) {
        LECTERN_ASSIGN(fused, read_and_answer(variant, &full_.answer, stop));
    }
    const EvalReading& reading = is_fused ? fused : full_;

    EvalMeasurement m;
    m.answer = reading.answer.text;
    m.answer_full = full_.answer.text;
    m.f1 = token_f1(m.answer, case_->answers);
    m.f1_full = token_f1(m.answer_full, case_->answers);
    m.rouge_l = rouge_l(m.answer, case_->answers);
    m.rouge_l_full = rouge_l(m.answer_full, case_->answers);
    EvalDivergence from_full =
        divergence(full_.logits, reading.logits, engine_->model.config().vocab_size);
    m.kl = std::move(from_full.kl);
    m.same_top1 = std::move(from_full.same_top1);
    m.same_answer = reading.answer.tokens == full_.answer.tokens;
    m.charged_ratio = reading.charged_ratio;
    m.ttft_ms = reading.ttft_ms;
    m.ttft_full_ms = full_.ttft_ms;
    m.load_ms = reading.load_ms;
    m.recomputed_rows = reading.recomputed_rows;
    m.passage_rows = reading.recomputed_rows + reading.reused_rows;
    return m;
}

}  // namespace lectern
