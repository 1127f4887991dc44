#include "app/core/eval_turns.h"

#include <algorithm>
#include <utility>

#include "app/core/conversation.h"
#include "app/core/eval_answers.h"
#include "app/core/eval_metrics.h"
#include "app/core/passage_kv.h"
#include "app/core/profile_files.h"
#include "app/core/stopwatch.h"
#include "engine/fusion/repair.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

constexpr std::int64_t kChunkBytes = 1LL << 40;  ///< of one conversation: all of it is kept

/// What one turn of one conversation showed.
struct TurnMeasurement {
    int prompt_tokens = 0;
    EvalDivergence from_full;
    double charged_ratio = 0, f1 = 0, f1_full = 0, ttft_ms = 0, ttft_full_ms = 0;
};

/// A reading with what its time was.
struct TimedRead {
    FuseReport report;
    double ms = 0;
};

class TurnsReader {
  public:
    TurnsReader(const TurnsOptions& options, ModelSession& session, KvCache full,
                std::stop_token stop)
        : options_(options),
          session_(session),
          conversation_(session),
          full_(std::move(full)),
          store_(make_ram_kv_store(kChunkBytes)),
          passage_kv_(session, *store_),
          stop_(std::move(stop)) {}

    /// Each turn, then the last one restored. kTooLong: it does not fit.
    Result<std::vector<TurnMeasurement>> measure(std::span<const EvalCase> cases) {
        LECTERN_TRY(check_room(cases));
        LECTERN_TRY(store_->clear());
        conversation_.replace({});
        std::vector<TurnMeasurement> turns;
        for (std::size_t t = 0; t < cases.size(); ++t) {
            LECTERN_ASSIGN(const PromptPlan plan, lay_out(cases[t]));
            LECTERN_ASSIGN(const ReadInFull full, read_in_full(plan));
            LECTERN_ASSIGN(TimedRead read, read_kept(plan.segments));
            LECTERN_ASSIGN(TurnMeasurement turn, compare(cases[t], full, std::move(read)));
            turns.push_back(turn);
            const bool is_last = t + 1 == cases.size();
            if (is_last) {
                LECTERN_ASSIGN(turn, restore_and_compare(cases[t], plan, full));
                turns.push_back(std::move(turn));
            } else {
                LECTERN_TRY(keep(plan, full.answer));
            }
        }
        return turns;
    }

  private:
    struct ReadInFull {
        Generated answer;
        std::vector<float> logits;  ///< [positions, vocab_size]
        double ms = 0;
    };

    /// Before anything is read: passages alone tell most conversations that are too long.
    Status check_room(std::span<const EvalCase> cases) const {
        std::size_t n = session_.planner().prefix().size();
        for (const EvalCase& item : cases)
            for (const EvalPassage& passage : item.passages)
                n += session_.planner().passage_tokens({passage.title, passage.text}).size();
        if (n > static_cast<std::size_t>(session_.context()))
            return fail(ErrorCode::kTooLong, "The conversation does not fit the context.");
        return {};
    }

    Result<PromptPlan> lay_out(const EvalCase& item) const {
        PlanRequest request;
        request.question = item.question;
        for (const EvalPassage& passage : item.passages) {
            PlanPassage planned{passage.title, passage.text};
            if (!conversation_.holds(session_.planner().passage_tokens(planned)))
                request.passages.push_back(std::move(planned));
        }
        LECTERN_ASSIGN(PromptPlan plan, session_.planner().plan_turn(
                                            request, conversation_.opening(),
                                            session_.context() - options_.max_answer_tokens -
                                                conversation_.n_tokens()));
        if (plan.dropped_passages > 0)
            return fail(ErrorCode::kTooLong, "The conversation does not fit the context.");
        return plan;
    }

    /// All turns so far as one prompt.
    Result<ReadInFull> read_in_full(const PromptPlan& plan) {
        const auto n_prefix = static_cast<int>(session_.planner().prefix().size());
        const KvCache& kept = session_.cache();
        full_.truncate(n_prefix);
        PromptSegment before{SegmentKind::kHistory,
                             kept.tokens_of(consecutive_rows(n_prefix, kept.size() - n_prefix))};
        PromptSegments all{std::move(before)};
        all.insert(all.end(), plan.segments.begin(), plan.segments.end());
        const Stopwatch watch;
        LECTERN_ASSIGN(FuseReport report,
                       read_full(session_.model(), session_.activations(), full_, all, stop_));
        ReadInFull full;
        full.ms = watch.ms();
        LECTERN_ASSIGN(full.answer, decode_answer(decoder(), full_, report.logits, stop_));
        LECTERN_ASSIGN(full.logits, follow_answer(decoder(), full_, std::move(report.logits),
                                                  full.answer, stop_));
        return full;
    }

    Result<TimedRead> read_kept(const PromptSegments& segments) {
        for (const PromptSegment& segment : segments)
            if (segment.kind == SegmentKind::kPassage)
                LECTERN_TRY(passage_kv_.keep(segment.ids, stop_));
        TimedRead read;
        const Stopwatch watch;
        LECTERN_ASSIGN(StoredRead stored,
                       passage_kv_.read(segments, options_.fusion, options_.seed, stop_));
        read.report = std::move(stored.report);
        read.ms = watch.ms();
        return read;
    }

    Result<TurnMeasurement> compare(const EvalCase& item, const ReadInFull& full, TimedRead read) {
        KvCache& cache = session_.cache();
        TurnMeasurement turn;
        turn.prompt_tokens = cache.size();
        turn.charged_ratio = read.report.charged_ratio;
        turn.ttft_ms = read.ms;
        turn.ttft_full_ms = full.ms;
        LECTERN_ASSIGN(const Generated own,
                       decode_answer(decoder(), cache, read.report.logits, stop_));
        turn.f1 = token_f1(own.text, item.answers);
        turn.f1_full = token_f1(full.answer.text, item.answers);
        LECTERN_ASSIGN(
            const std::vector<float> logits,
            follow_answer(decoder(), cache, std::move(read.report.logits), full.answer, stop_));
        turn.from_full = divergence(full.logits, logits, session_.model().config().vocab_size);
        return turn;
    }

    /// Goes on as if the full read's answer had been decoded.
    Status keep(const PromptPlan& plan, const Generated& answer) {
        KvCache& cache = session_.cache();
        const bool is_exact = cache.n_exact() == cache.size();
        const auto ids = std::span(answer.tokens);
        const int first = cache.append(ids, cache.rows().back().segment + 1, SegmentKind::kAnswer,
                                       is_exact ? RowState::kExact : RowState::kRecomputed);
        const auto rows = consecutive_rows(first, static_cast<int>(ids.size()));
        LECTERN_TRY(run_pass({session_.model(), session_.activations(), cache, rows, stop_}));
        ConversationTurn turn{"", answer.text, {}, plan.segments.back().ids, answer.tokens};
        for (const PromptSegment& segment : plan.segments)
            if (segment.kind == SegmentKind::kPassage) turn.passages.push_back({{}, segment.ids});
        conversation_.add(std::move(turn));
        if (options_.repair)
            LECTERN_TRY(repair_all(session_.model(), session_.activations(), cache, stop_));
        return {};
    }

    Result<TurnMeasurement> restore_and_compare(const EvalCase& item, const PromptPlan& plan,
                                                const ReadInFull& full) {
        const auto turns = conversation_.turns();
        conversation_.replace({turns.begin(), turns.end()});
        double ms = 0;
        while (conversation_.n_held() < conversation_.turns().size()) {
            LECTERN_ASSIGN(const TimedRead past, read_kept(conversation_.segments_to_hold()));
            ms += past.ms;
            conversation_.hold_next();
        }
        LECTERN_ASSIGN(TimedRead read, read_kept(plan.segments));
        read.ms += ms;
        return compare(item, full, std::move(read));
    }

    EvalDecoder decoder() {
        return {session_.model(),           session_.activations(),
                session_.tokenizer(),       session_.chat_template().stop_tokens(),
                options_.max_answer_tokens, options_.max_kl_positions};
    }

    const TurnsOptions& options_;
    ModelSession& session_;
    Conversation conversation_;
    KvCache full_;  ///< the prefix, between readings
    std::unique_ptr<KvStore> store_;
    PassageKv passage_kv_;
    std::stop_token stop_;
};

TurnRow row_of(const std::vector<const TurnMeasurement*>& turns) {
    TurnRow row;
    row.n = static_cast<int>(turns.size());
    std::vector<double> kl, first, same, ours, full, prompt, charged, f1, f1_full;
    for (const TurnMeasurement* turn : turns) {
        kl.push_back(mean(turn->from_full.kl));
        first.push_back(turn->from_full.kl.front());
        same.insert(same.end(), turn->from_full.same_top1.begin(), turn->from_full.same_top1.end());
        ours.push_back(turn->ttft_ms);
        full.push_back(turn->ttft_full_ms);
        prompt.push_back(turn->prompt_tokens);
        charged.push_back(turn->charged_ratio);
        f1.push_back(turn->f1);
        f1_full.push_back(turn->f1_full);
    }
    row.prompt_tokens = mean(prompt);
    row.kl_case = mean(kl);
    row.kl_case_se = standard_error(kl);
    row.kl_first = mean(first);
    row.top1_agreement = mean(same);
    row.charged_ratio = mean(charged);
    row.f1 = mean(f1);
    row.f1_full = mean(f1_full);
    row.ttft_ms_p50 = quantile(ours, 0.5);
    row.ttft_full_ms_p50 = quantile(full, 0.5);
    row.sooner = geometric_ratio(full, ours, 1e-3, kTwoSided95);
    return row;
}

}  // namespace

Result<TurnsReport> run_turns_eval(const TurnsOptions& options, std::span<const EvalCase> cases,
                                   ModelSession& session,
                                   const std::function<void(const EvalProgress&)>& on_progress,
                                   std::stop_token stop) {
    const Stopwatch watch;
    FusionSettings fusion = options.fusion;
    give_learnt(fusion, session.fingerprint(), session.kv_format());
    LECTERN_TRY(make_fusion(fusion, options.seed));
    const auto n_turns = static_cast<std::size_t>(options.n_turns);
    const std::size_t left =
        cases.size() - std::min(cases.size(), static_cast<std::size_t>(options.skip));
    std::size_t n = left / n_turns;
    if (options.limit > 0) n = std::min(n, static_cast<std::size_t>(options.limit));
    if (n == 0)
        return fail(ErrorCode::kInvalidArgument, "A conversation takes " + std::to_string(n_turns) +
                                                     " cases; there are " + std::to_string(left) +
                                                     ".");
    LECTERN_ASSIGN(KvCache full, session.make_cache(session.context(), stop));
    TurnsReader reader(options, session, std::move(full), stop);
    std::vector<std::vector<TurnMeasurement>> all;
    TurnsReport report;
    for (std::size_t i = 0; i < n; ++i) {
        auto measured = reader.measure(
            cases.subspan(static_cast<std::size_t>(options.skip) + i * n_turns, n_turns));
        if (measured)
            all.push_back(std::move(*measured));
        else if (measured.error().code == ErrorCode::kTooLong)
            ++report.n_skipped;
        else
            return tl::unexpected<Error>(std::move(measured).error());
        if (on_progress) on_progress({static_cast<int>(i) + 1, static_cast<int>(n)});
    }
    if (all.empty())
        return fail(
            ErrorCode::kTooLong,
            "No conversation fits the context of " + std::to_string(session.context()) + " tokens.",
            "Ask for fewer passages or turns, or for a larger context.");
    const auto row = [&](std::size_t turn) {
        std::vector<const TurnMeasurement*> of_all;
        for (const auto& conversation : all) of_all.push_back(&conversation[turn]);
        return row_of(of_all);
    };
    for (std::size_t turn = 0; turn < n_turns; ++turn) report.turns.push_back(row(turn));
    report.restored = row(n_turns);
    report.seconds = watch.ms() / 1e3;
    return report;
}

}  // namespace lectern
