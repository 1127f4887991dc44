#include "engine/decode/generator.h"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "engine/decode/ngram_drafter.h"
#include "engine/decode/step_costs.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

using Clock = std::chrono::steady_clock;

double ms_between(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

/// Exact rows are those behind exact rows only.
RowState state_behind(const KvCache& cache) {
    return cache.n_exact() == cache.size() ? RowState::kExact : RowState::kRecomputed;
}

/// One decoding: what its steps share.
class Decoding {
  public:
    Decoding(Transformer& model, Activations& activations, KvCache& cache,
             const Tokenizer& tokenizer, const GenerateOptions& options,
             const std::function<void(std::string_view)>& on_text)
        : model_(model),
          activations_(activations),
          cache_(cache),
          tokenizer_(tokenizer),
          options_(options),
          on_text_(on_text),
          vocab_size_(static_cast<std::size_t>(model.config().vocab_size)),
          n_choices_(std::min(vocab_size_, static_cast<std::size_t>(tokenizer.vocab_size()))),
          sampler_(options.sampler) {
        if (options.draft_from && options.riding_rows == 0) drafter_.emplace(*options.draft_from);
    }

    Result<Generated> run(std::span<float> first_logits, const std::stop_token& stop) {
        std::optional<FinishReason> reason;
        if (stop.stop_requested())
            reason = FinishReason::kCancelled;
        else if (options_.max_tokens <= 0)
            reason = FinishReason::kMaxTokens;
        else
            reason = take(first_logits);
        while (!reason) {
            Result<std::optional<FinishReason>> stepped = step(stop);
            if (!stepped && stepped.error().code == ErrorCode::kCancelled)
                reason = FinishReason::kCancelled;
            else if (!stepped)
                return tl::unexpected(stepped.error());
            else
                reason = *stepped;
        }
        emit(stream_.finish());
        out_.finish = *reason;
        out_.decode_ms = ms_between(first_, last_);
        return std::move(out_);
    }

  private:
    /// The next token from its logits; a reason where it is the last.
    std::optional<FinishReason> take(std::span<float> logits) {
        const TokenId token = sampler_.sample(logits.first(n_choices_), out_.tokens);
        const auto& stops = options_.stop_tokens;
        if (std::find(stops.begin(), stops.end(), token) != stops.end()) return FinishReason::kStop;
        out_.tokens.push_back(token);
        if (drafter_) drafter_->push(token);
        last_ = Clock::now();
        if (out_.tokens.size() == 1) first_ = last_;
        emit(stream_.push(tokenizer_.piece(token)));
        if (n_left() == 0) return FinishReason::kMaxTokens;
        return std::nullopt;
    }

    /// Runs the last token and a draft behind the cache, and takes tokens as long as the draft was
    /// right, and the one that follows. Rows of wrong ones are dropped; when it is stopped or
    /// fails, the cache is as it was.
    Result<std::optional<FinishReason>> step(const std::stop_token& stop) {
        const int room = cache_.capacity() - cache_.size();
        if (room == 0) return FinishReason::kContextFull;
        std::vector<TokenId> ids{out_.tokens.back()};
        if (drafter_) {
            const int most =
                std::min({room, Transformer::kLogitRows, activations_.capacity, n_left()}) - 1;
            const std::vector<TokenId> draft = drafter_->draft(most, costs_);
            ids.insert(ids.end(), draft.begin(), draft.end());
        }
        const int n = static_cast<int>(ids.size());
        std::vector<std::int32_t> rows = riding_rows(n);
        const auto n_riding = static_cast<int>(rows.size());
        const int first_row =
            cache_.append(ids, options_.segment, SegmentKind::kAnswer, state_behind(cache_));
        for (const std::int32_t row : consecutive_rows(first_row, n)) rows.push_back(row);
        const Clock::time_point begin = Clock::now();
        const LayerHooks hooks = options_.attention
                                     ? options_.attention->hooks(activations_, cache_, n_riding)
                                     : LayerHooks{};
        const auto ran = run_pass({model_, activations_, cache_, rows, stop, n}, hooks);
        if (!ran) {
            cache_.truncate(first_row);
            return tl::unexpected(ran.error());
        }
        for (int i = 0; i < n_riding; ++i) cache_.set_state(rows[i], RowState::kExact);
        logits_.resize(ids.size() * vocab_size_);
        model_.logits(activations_, n_riding, n, logits_);
        if (options_.learn_step_costs) costs_.add(n, ms_between(begin, Clock::now()));

        std::optional<FinishReason> reason;
        int n_taken = 0;
        bool follows = true;
        while (follows && !reason) {
            if (options_.attention) options_.attention->keep(n_taken);
            reason = take(std::span(logits_).subspan(n_taken * vocab_size_, vocab_size_));
            ++n_taken;
            follows = n_taken < n && out_.tokens.back() == ids[n_taken];
        }
        cache_.truncate(first_row + n_taken);
        ++out_.n_steps;
        out_.n_drafted += n - 1;
        out_.n_accepted += n_taken - 1;
        return reason;
    }

    /// The first rows that are not exact, as many as ride along with n of the answer in one block.
    std::vector<std::int32_t> riding_rows(int n) const {
        if (options_.riding_rows == 0) return {};
        const int first = cache_.n_exact();
        const int room = std::min(activations_.capacity - n, cache_.size() - first);
        return consecutive_rows(first, std::min(options_.riding_rows, room));
    }

    int n_left() const { return options_.max_tokens - static_cast<int>(out_.tokens.size()); }

    void emit(const std::string& text) {
        if (text.empty()) return;
        out_.text += text;
        if (on_text_) on_text_(text);
    }

    Transformer& model_;
    Activations& activations_;
    KvCache& cache_;
    const Tokenizer& tokenizer_;
    const GenerateOptions& options_;
    const std::function<void(std::string_view)>& on_text_;
    const std::size_t vocab_size_;
    const std::size_t n_choices_;
    Sampler sampler_;
    std::optional<NgramDrafter> drafter_;
    StepCosts costs_;
    std::vector<float> logits_;  ///< [rows of a step, vocab_size]
    Utf8Stream stream_;
    Generated out_;
    Clock::time_point first_ = Clock::now(), last_ = first_;
};

}  // namespace

Result<Generated> generate(Transformer& model, Activations& activations, KvCache& cache,
                           const Tokenizer& tokenizer, std::span<float> logits,
                           const GenerateOptions& options,
                           const std::function<void(std::string_view)>& on_text,
                           std::stop_token stop) {
    assert(logits.size() == static_cast<std::size_t>(model.config().vocab_size));
    return Decoding(model, activations, cache, tokenizer, options, on_text).run(logits, stop);
}

}  // namespace lectern
