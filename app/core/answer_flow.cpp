#include "app/core/answer_flow.h"

#include <algorithm>

#include "app/core/citations.h"

namespace lectern {
namespace {

constexpr float kRepetitionPenalty = 1.1f;  ///< small models repeat themselves without one
constexpr std::string_view kNoHits = "No passage of your documents matches this question.";

std::vector<Citation> citations_of(const std::vector<SearchHit>& hits, int n) {
    std::vector<Citation> citations;
    for (int i = 0; i < n; ++i) {
        const SearchHit& hit = hits[i];
        citations.push_back({i + 1, hit.chunk_id, hit.path,
                             hit.title.empty() ? hit.path.filename().string() : hit.title,
                             hit.heading_path, hit.page, hit.text, hit.score, hit.sources});
    }
    return citations;
}

SentenceCiter citer_of(const std::vector<Citation>& citations) {
    std::vector<std::string> passages;
    for (const Citation& citation : citations)
        passages.push_back(citation.title + " " + citation.heading_path + " " + citation.text);
    return SentenceCiter(passages);
}

/// The plan less its prefix, which the session's cache always holds.
PromptSegments behind_prefix(const PromptPlan& plan) {
    return {plan.segments.begin() + 1, plan.segments.end()};
}

std::vector<TokenId> tokens_of(const PromptSegments& segments) {
    std::vector<TokenId> ids;
    for (const PromptSegment& segment : segments)
        ids.insert(ids.end(), segment.ids.begin(), segment.ids.end());
    return ids;
}

void add_phases(std::vector<PhaseTime>& phases, const ReadPhases& reading) {
    for (PhaseTime& phase : phase_times(reading)) phases.push_back(std::move(phase));
}

/// The phases become those of ttft_ms.
void complete_phases(AnswerFigures& figures) {
    double counted = 0;
    for (const PhaseTime& phase : figures.phases) counted += phase.ms;
    figures.phases.push_back({"rest", figures.ttft_ms - counted});
}

template <class Event, class... Values>
void tell(const Event& event, const Values&... values) {
    if (event) event(values...);
}

}  // namespace

AnswerFlow::AnswerFlow(Searcher& searcher, ModelSession& session, KvStore& store)
    : searcher_(&searcher), session_(&session), passage_kv_(session, store) {}

Result<Answer> AnswerFlow::ask(const std::string& question, const AskOptions& options,
                               const AskEvents& events, const Stopwatch& since_question,
                               double model_load_ms, std::stop_token stop) {
    Answer answer;
    answer.figures.model_load_ms = model_load_ms;
    const Stopwatch searching;
    tell(events.on_stage, AskStage::kSearching);
    LECTERN_ASSIGN(const std::vector<SearchHit> hits, search(question, options));
    answer.figures.retrieve_ms = searching.ms();
    if (hits.empty()) {
        answer.text = kNoHits;
        tell(events.on_text, std::string_view(answer.text));
        return answer;
    }
    const Stopwatch planning;
    LECTERN_ASSIGN(const PromptPlan plan, lay_out(question, hits, options));
    answer.citations = citations_of(hits, plan.n_passages);
    answer.figures.prompt_tokens = plan.n_tokens;
    answer.figures.phases = {{"retrieve", answer.figures.retrieve_ms}, {"plan", planning.ms()}};
    tell(events.on_passages, answer.citations);

    tell(events.on_stage, AskStage::kReading);
    Result<FuseReport> report = read(plan, options, answer.figures, stop);
    if (!report && report.error().code == ErrorCode::kCancelled) {
        answer.cancelled = true;
        answer.figures.phases.clear();
        return answer;
    }
    if (!report) return tl::unexpected(report.error());
    tell(events.on_stage, AskStage::kAnswering);
    LECTERN_TRY(decode(*report, plan, options, events, since_question, answer, stop));
    history_.push_back({question, answer.text});
    return answer;
}

/// A follow-up is searched together with the question before it, whose topic it usually leaves
/// unsaid.
Result<std::vector<SearchHit>> AnswerFlow::search(const std::string& question,
                                                  const AskOptions& options) {
    const std::string query =
        history_.empty() ? question : history_.back().question + " " + question;
    return searcher_->search(query, options.top_k);
}

Result<PromptPlan> AnswerFlow::lay_out(const std::string& question,
                                       const std::vector<SearchHit>& hits,
                                       const AskOptions& options) const {
    PlanRequest request;
    request.history = history_;
    for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit)  // the best hit reads last
        request.passages.push_back(plan_passage(hit->title, hit->heading_path, hit->text));
    request.question = question;
    const int reserved = std::min(options.max_tokens, session_->context() / 4);
    return session_->planner().plan(request, session_->context() - reserved);
}

Result<FuseReport> AnswerFlow::read(const PromptPlan& plan, const AskOptions& options,
                                    AnswerFigures& figures, std::stop_token stop) {
    const PromptSegments segments = behind_prefix(plan);
    figures.mode = options.mode;
    if (options.mode == AnswerMode::kFused) {
        Result<FuseReport> report = read_stored(segments, options, figures, stop);
        // A corrupt entry has been dropped: the second try computes it.
        if (!report && report.error().code == ErrorCode::kCorrupt)
            report = read_stored(segments, options, figures, stop);
        return report;
    }
    session_->rewind();
    LECTERN_ASSIGN(FuseReport report, read_full(session_->model(), session_->activations(),
                                                session_->cache(), segments, stop));
    figures.fuse_ms = report.fuse_ms;
    add_phases(figures.phases, report.phases);
    figures.recomputed_tokens = report.recomputed_rows;
    figures.charged_ratio = report.charged_ratio;
    return report;
}

Result<FuseReport> AnswerFlow::read_stored(const PromptSegments& segments,
                                           const AskOptions& options, AnswerFigures& figures,
                                           std::stop_token stop) {
    LECTERN_ASSIGN(const Fusion fusion, make_fusion(options.fusion, options.seed));
    LECTERN_ASSIGN(const GatheredKv kv, passage_kv_.gather(segments, stop));
    session_->rewind();
    LECTERN_ASSIGN(FuseReport report,
                   read_fused(session_->model(), session_->activations(), session_->cache(),
                              segments, kv.chunks, *fusion.selector, fusion.options, stop));
    figures.kv_ram = kv.from_ram;
    figures.kv_disk = kv.from_disk;
    figures.kv_computed = kv.computed;
    figures.load_ms = kv.open_ms + report.load_ms;
    figures.fuse_ms = report.fuse_ms;
    figures.phases.push_back({"open", kv.open_ms});
    figures.phases.push_back({"compute", kv.compute_ms});
    add_phases(figures.phases, report.phases);
    figures.reused_tokens = report.reused_rows;
    figures.recomputed_tokens = report.recomputed_rows;
    figures.charged_ratio = report.charged_ratio;
    return report;
}

Status AnswerFlow::decode(FuseReport& report, const PromptPlan& plan, const AskOptions& options,
                          const AskEvents& events, const Stopwatch& since_question, Answer& answer,
                          std::stop_token stop) {
    GenerateOptions generate_options = answer_options(*session_, options.max_tokens);
    generate_options.sampler.temperature = options.temperature;
    generate_options.sampler.seed = options.seed;
    if (options.look_up) generate_options.draft_from = tokens_of(plan.segments);

    const SentenceCiter citer = citer_of(answer.citations);
    const Stopwatch decoding;
    const auto on_text = [&](std::string_view piece) {
        if (answer.text.empty()) {
            answer.figures.ttft_ms = since_question.ms() - answer.figures.model_load_ms;
            answer.figures.phases.push_back({"first_text", decoding.ms()});
            complete_phases(answer.figures);
        }
        answer.text += piece;
        const std::vector<CitedSentence> complete = citer.cite(answer.text, false);
        for (std::size_t s = answer.sentences.size(); s < complete.size(); ++s) {
            answer.sentences.push_back(complete[s]);
            tell(events.on_sentence, complete[s]);
        }
        tell(events.on_text, piece);
    };
    LECTERN_ASSIGN(const Generated generated,
                   generate(session_->model(), session_->activations(), session_->cache(),
                            session_->tokenizer(), report.logits, generate_options, on_text, stop));
    const std::vector<CitedSentence> all = citer.cite(answer.text, true);
    for (std::size_t s = answer.sentences.size(); s < all.size(); ++s) {
        answer.sentences.push_back(all[s]);
        tell(events.on_sentence, all[s]);
    }
    if (answer.text.empty()) answer.figures.phases.clear();
    answer.cancelled = generated.finish == FinishReason::kCancelled;
    answer.figures.answer_tokens = static_cast<int>(generated.tokens.size());
    answer.figures.drafted_tokens = generated.n_drafted;
    answer.figures.accepted_tokens = generated.n_accepted;
    if (generated.tokens.size() > 1 && generated.decode_ms > 0)
        answer.figures.decode_tokens_per_s =
            1e3 * (static_cast<double>(generated.tokens.size()) - 1) / generated.decode_ms;
    return {};
}

PlanPassage plan_passage(const std::string& title, const std::string& heading_path,
                         const std::string& text) {
    return {chunk_context(title, heading_path), text};
}

GenerateOptions answer_options(const ModelSession& session, int max_tokens) {
    GenerateOptions options;
    options.max_tokens = max_tokens;
    options.sampler.repetition_penalty = kRepetitionPenalty;
    options.stop_tokens = session.chat_template().stop_tokens();
    options.segment = session.cache().rows().back().segment + 1;
    return options;
}

std::vector<PhaseTime> phase_times(const ReadPhases& phases) {
    std::vector<PhaseTime> times;
    for (int i = 0; i < kReadPhases; ++i)
        times.push_back({std::string(name_of(static_cast<ReadPhase>(i))), phases[i]});
    return times;
}

}  // namespace lectern
