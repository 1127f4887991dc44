#include "engine/decode/generator.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>

namespace lectern {
namespace {

using Clock = std::chrono::steady_clock;

double ms_between(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

/// Exact rows are those behind exact rows only.
RowState state_behind(const KvCache& cache) {
    const auto rows = cache.rows();
    const bool exact = std::all_of(rows.begin(), rows.end(), [](const CacheRow& row) {
        return row.state == RowState::kExact;
    });
    return exact ? RowState::kExact : RowState::kRecomputed;
}

/// Runs one token behind the cache and leaves the next logits. When it is stopped or fails, the
/// cache is as it was.
Status advance(Transformer& model, Activations& activations, KvCache& cache, TokenId token,
               std::int32_t segment, RowState state, std::span<float> logits,
               std::stop_token stop) {
    const std::array<TokenId, 1> ids{token};
    const std::array<std::int32_t, 1> rows{cache.append(1, segment, SegmentKind::kAnswer, state)};
    const auto last = prefill(model, activations, cache, ids, rows, stop);
    if (!last) {
        cache.truncate(rows[0]);
        return tl::unexpected(last.error());
    }
    model.logits(activations, *last, logits);
    return {};
}

}  // namespace

Result<Generated> generate(Transformer& model, Activations& activations, KvCache& cache,
                           const Tokenizer& tokenizer, std::span<float> logits,
                           const GenerateOptions& options,
                           const std::function<void(std::string_view)>& on_text,
                           std::stop_token stop) {
    assert(logits.size() == static_cast<std::size_t>(model.config().vocab_size));
    const RowState state = state_behind(cache);
    const auto n_choices = std::min<std::size_t>(logits.size(), tokenizer.vocab_size());
    Sampler sampler(options.sampler);
    Utf8Stream stream;
    Generated out;
    const auto emit = [&](const std::string& text) {
        if (text.empty()) return;
        out.text += text;
        if (on_text) on_text(text);
    };
    Clock::time_point first = Clock::now(), last = first;
    const auto finish = [&](FinishReason reason) {
        emit(stream.finish());
        out.finish = reason;
        out.decode_ms = ms_between(first, last);
        return std::move(out);
    };
    while (true) {
        if (stop.stop_requested()) return finish(FinishReason::kCancelled);
        if (static_cast<int>(out.tokens.size()) >= options.max_tokens)
            return finish(FinishReason::kMaxTokens);
        const TokenId token = sampler.sample(logits.first(n_choices), out.tokens);
        if (std::find(options.stop_tokens.begin(), options.stop_tokens.end(), token) !=
            options.stop_tokens.end())
            return finish(FinishReason::kStop);
        out.tokens.push_back(token);
        last = Clock::now();
        if (out.tokens.size() == 1) first = last;
        emit(stream.push(tokenizer.piece(token)));
        if (static_cast<int>(out.tokens.size()) >= options.max_tokens)
            return finish(FinishReason::kMaxTokens);
        if (cache.size() == cache.capacity()) return finish(FinishReason::kContextFull);
        const Status advanced =
            advance(model, activations, cache, token, options.segment, state, logits, stop);
        if (!advanced && advanced.error().code == ErrorCode::kCancelled)
            return finish(FinishReason::kCancelled);
        if (!advanced) return tl::unexpected(advanced.error());
    }
}

}  // namespace lectern
