#include "app/core/eval_answers.h"

#include <algorithm>
#include <span>
#include <utility>

#include "app/core/eval_metrics.h"
#include "engine/fusion/cache_layout.h"
#include "engine/fusion/fidelity.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

int n_positions(const Generated& answer, int at_most) {
    const int n =
        static_cast<int>(answer.tokens.size()) + (answer.finish == FinishReason::kStop ? 1 : 0);
    return std::clamp(n, 1, at_most);
}

}  // namespace

Result<Generated> decode_answer(const EvalDecoder& decoder, KvCache& cache,
                                std::vector<float> logits, const std::stop_token& stop) {
    const CacheRollback back(cache);
    GenerateOptions options;
    options.max_tokens = decoder.max_tokens;
    options.stop_tokens = decoder.stop_tokens;
    options.segment = cache.rows().back().segment + 1;
    LECTERN_ASSIGN(Generated answer,
                   generate(
                       decoder.model, decoder.activations, cache, decoder.tokenizer, logits,
                       options, [](std::string_view) {}, stop));
    if (answer.finish == FinishReason::kCancelled)
        return fail(ErrorCode::kCancelled, "The evaluation was cancelled.");
    return answer;
}

Result<std::vector<float>> follow_answer(const EvalDecoder& decoder, KvCache& cache,
                                         std::vector<float> first_logits, const Generated& answer,
                                         const std::stop_token& stop) {
    const CacheRollback back(cache);
    const int n = n_positions(answer, decoder.max_positions) - 1;  // rows to run
    const std::size_t vocab_size = first_logits.size();
    std::vector<float> logits = std::move(first_logits);
    logits.resize(static_cast<std::size_t>(n + 1) * vocab_size);
    const auto ids = std::span(answer.tokens).first(static_cast<std::size_t>(n));
    const int first =
        cache.append(ids, cache.rows().back().segment + 1, SegmentKind::kAnswer, RowState::kExact);
    LECTERN_TRY(
        run_pass({decoder.model, decoder.activations, cache, consecutive_rows(first, n), stop, n}));
    for (int t = 0; t < n; t += Transformer::kLogitRows) {
        const int block = std::min(Transformer::kLogitRows, n - t);
        decoder.model.logits(decoder.activations, t, block,
                             std::span(logits).subspan((t + 1) * vocab_size, block * vocab_size));
    }
    return logits;
}

EvalDivergence divergence(const std::vector<float>& full, const std::vector<float>& own,
                          int vocab_size) {
    EvalDivergence out;
    const auto n = static_cast<std::size_t>(vocab_size);
    for (std::size_t at = 0; at < full.size(); at += n) {
        const auto p = std::span(full).subspan(at, n);
        const auto q = std::span(own).subspan(at, n);
        out.kl.push_back(kl_divergence(p, q));
        out.same_top1.push_back(top_token(p) == top_token(q) ? 1 : 0);
    }
    return out;
}

}  // namespace lectern
