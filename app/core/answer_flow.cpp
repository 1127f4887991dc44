#include "app/core/answer_flow.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "app/core/answer_account.h"
#include "app/core/cited_decoding.h"
#include "app/core/query_rewrite.h"
#include "engine/fusion/repair.h"

namespace lectern {
namespace {

constexpr float kRepetitionPenalty = 1.1f;  ///< small models repeat themselves without one
constexpr int kNearMisses = 4;              ///< told beside the passages, not read
constexpr std::string_view kNoHitsInScope =
    "No passage of what the question is narrowed to matches it.";
constexpr std::string_view kNoHits = "No passage of your documents matches this question.";

/// A passage's source, of a hit or a chunk.
template <class Chunk>
Citation source_of(const Chunk& chunk) {
    Citation source;
    source.path = chunk.path;
    source.title = chunk.title.empty() ? chunk.path.filename().string() : chunk.title;
    source.heading_path = chunk.heading_path;
    source.page = chunk.page;
    source.text = chunk.text;
    source.sources = chunk.sources;
    source.stamp = chunk.stamp;
    return source;
}

Citation citation_of(const SearchHit& hit) {
    Citation citation = source_of(hit);
    citation.chunk_id = hit.chunk_id;
    citation.score = hit.score;
    citation.ranks = {hit.dense_rank, hit.lexical_rank, hit.dense_score, hit.lexical_score};
    return citation;
}

SentenceCiter citer_of(const std::vector<Citation>& citations) {
    std::vector<CitablePassage> passages;
    for (const Citation& citation : citations)
        passages.push_back({citation.title + " " + citation.heading_path, citation.text});
    return SentenceCiter(passages);
}

std::vector<SourcePassage> sources_of(const std::vector<Citation>& citations) {
    std::vector<SourcePassage> passages;
    for (const Citation& citation : citations) passages.push_back({citation.number, citation.text});
    return passages;
}

void take_figures(AnswerFigures& figures, const FuseReport& report) {
    figures.load_ms += report.load_ms;
    figures.fuse_ms += report.fuse_ms;
    figures.reused_tokens = report.reused_rows;
    figures.recomputed_tokens = report.recomputed_rows;
    figures.charged_ratio = report.charged_ratio;
    for (PhaseTime& phase : phase_times(report.phases)) figures.phases.push_back(std::move(phase));
}

/// The phases become those of ttft_ms.
void complete_phases(AnswerFigures& figures) {
    double counted = 0;
    for (const PhaseTime& phase : figures.phases) counted += phase.ms;
    figures.phases.push_back({"rest", figures.ttft_ms - counted});
}

template <class Chunk>
bool is_same(const Citation& citation, const Chunk& chunk) {
    return citation.text == chunk.text && citation.path == chunk.path;
}

Answer cancelled(Answer answer) {
    answer.cancelled = true;
    answer.figures.phases.clear();
    return answer;
}

/// The hits behind the first k, which stay.
std::vector<SearchHit> take_behind(std::vector<SearchHit>& hits, int k) {
    const auto first = hits.begin() + std::min<std::ptrdiff_t>(std::ssize(hits), k);
    std::vector<SearchHit> behind(std::make_move_iterator(first),
                                  std::make_move_iterator(hits.end()));
    hits.erase(first, hits.end());
    return behind;
}

void add_unseen(const std::vector<SearchHit>& hits, Answer& answer) {
    for (const SearchHit& hit : hits) {
        const bool is_seen =
            std::any_of(answer.citations.begin(), answer.citations.end(),
                        [&](const Citation& citation) { return is_same(citation, hit); });
        if (!is_seen) answer.left_out.push_back(citation_of(hit));
    }
}

template <class Event, class... Values>
void tell(const Event& event, const Values&... values) {
    if (event) event(values...);
}

}  // namespace

AnswerFlow::AnswerFlow(Searcher& searcher, ModelSession& session, KvStore& store)
    : searcher_(&searcher),
      session_(&session),
      passage_kv_(session, store),
      conversation_(session) {}

Result<Answer> AnswerFlow::ask(const std::string& question, const AskOptions& options,
                               const AskEvents& events, const Stopwatch& since_question,
                               double model_load_ms, std::stop_token stop) {
    Answer answer;
    answer.figures.model_load_ms = model_load_ms;
    tell(events.on_stage, AskStage::kSearching);
    const Result<std::string> query = query_of(question, options, answer, stop);
    if (!query && query.error().code == ErrorCode::kCancelled) return cancelled(std::move(answer));
    if (!query) return tl::unexpected(query.error());
    const Stopwatch searching;
    LECTERN_ASSIGN(std::vector<SearchHit> hits,
                   searcher_->search_within(options.scope, *query, options.top_k + kNearMisses));
    answer.figures.retrieve_ms = searching.ms();
    const std::vector<SearchHit> near_misses = take_behind(hits, options.top_k);
    if (hits.empty()) {
        answer.text = options.scope.empty() ? kNoHits : kNoHitsInScope;
        tell(events.on_text, std::string_view(answer.text));
        return answer;
    }
    const Stopwatch planning;
    LECTERN_ASSIGN(TurnPlan turn, lay_out(question, hits, options));
    answer.citations = citations_of(hits, turn);
    add_unseen(hits, answer);
    add_unseen(near_misses, answer);
    answer.figures.kv_kept = n_of_turn(answer.citations) - static_cast<int>(turn.passages.size());
    answer.figures.phases.push_back({"retrieve", answer.figures.retrieve_ms});
    answer.figures.phases.push_back({"plan", planning.ms()});
    tell(events.on_passages, answer.citations);

    tell(events.on_stage, AskStage::kReading);
    Result<FuseReport> report = read(turn.prompt, options, answer.figures, stop);
    if (!report && report.error().code == ErrorCode::kCancelled)
        return cancelled(std::move(answer));
    if (!report) return tl::unexpected(report.error());
    tell(events.on_stage, AskStage::kAnswering);
    const int prompt_end = session_->cache().size();
    Result<std::vector<TokenId>> decoded =
        decode(*report, options, events, since_question, answer, stop);
    if (!decoded) {
        session_->cache().truncate(prompt_end - turn.prompt.n_tokens);
        return tl::unexpected(decoded.error());
    }
    take_account(turn, prompt_end, answer);
    answer.figures.full_read_ms = full_read_ms(
        answer.figures, *report, static_cast<int>(turn.prompt.segments.back().ids.size()));
    conversation_.add({question, answer.text, std::move(turn.passages),
                       std::move(turn.prompt.segments.back().ids), std::move(*decoded)});
    answer.turn = conversation_.n_left() + static_cast<int>(conversation_.turns().size()) - 1;
    answer.first_turn = conversation_.n_left();
    answer.first_with_passages = conversation_.first_with_passages();
    return answer;
}

Result<int> AnswerFlow::repair(std::stop_token stop) {
    return repair_all(session_->model(), session_->activations(), session_->cache(),
                      std::move(stop));
}

Result<std::string> AnswerFlow::query_of(const std::string& question, const AskOptions& options,
                                         Answer& answer, std::stop_token stop) {
    const auto turns = conversation_.turns();
    if (turns.empty()) return question;
    const ConversationTurn& before = turns.back();
    if (options.rewrite && leans_on_earlier(question)) {
        const Stopwatch rewriting;
        LECTERN_ASSIGN(
            std::optional<std::string> query,
            rewrite_query(*session_, question, before.question, before.answer, std::move(stop)));
        answer.figures.phases.push_back({"rewrite", rewriting.ms()});
        if (query) return answer.searched_for = std::move(*query);
    }
    return search_query(before.question, question);
}

/// Where the context is full, the conversation's oldest passages make room, half of the context at
/// once: what stays must be read again, and not at every turn.
Result<AnswerFlow::TurnPlan> AnswerFlow::lay_out(const std::string& question,
                                                 const std::vector<SearchHit>& hits,
                                                 const AskOptions& options) {
    const int reserved = std::min(options.max_tokens, session_->context() / 4);
    const int budget = session_->context() - reserved;
    for (int room = budget / 2;; room /= 2) {
        Result<TurnPlan> turn = lay_out_behind(question, hits, budget);
        const bool fits =
            turn ? turn->prompt.dropped_passages == 0 : turn.error().code != ErrorCode::kTooLong;
        if (fits || conversation_.turns().empty()) return turn;
        conversation_.shorten(room);
    }
}

/// Passages that are in the context already are left where they are.
Result<AnswerFlow::TurnPlan> AnswerFlow::lay_out_behind(const std::string& question,
                                                        const std::vector<SearchHit>& hits,
                                                        int budget) const {
    TurnPlan turn;
    PlanRequest request;
    request.question = question;
    for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit) {  // the best hit reads last
        const PlanPassage passage = plan_passage(hit->title, hit->heading_path, hit->text);
        std::vector<TokenId> ids = session_->planner().passage_tokens(passage);
        if (conversation_.holds(ids)) continue;
        request.passages.push_back(passage);
        turn.passages.push_back({citation_of(*hit), std::move(ids)});
    }
    LECTERN_ASSIGN(turn.prompt, session_->planner().plan_turn(request, conversation_.opening(),
                                                              budget - conversation_.n_tokens()));
    turn.passages.erase(turn.passages.begin(),
                        turn.passages.begin() + turn.prompt.dropped_passages);
    return turn;
}

/// The turn's hits that the model sees, best first; then what else of earlier turns it sees, the
/// latest first.
std::vector<Citation> AnswerFlow::citations_of(const std::vector<SearchHit>& hits,
                                               const TurnPlan& turn) const {
    std::vector<const Citation*> seen;  // latest first
    for (auto passage = turn.passages.rbegin(); passage != turn.passages.rend(); ++passage)
        seen.push_back(&passage->source);
    const auto turns = conversation_.turns();
    for (auto earlier = turns.rbegin(); earlier != turns.rend(); ++earlier)
        for (auto passage = earlier->passages.rbegin(); passage != earlier->passages.rend();
             ++passage)
            seen.push_back(&passage->source);
    const auto rank = [&](const Citation* citation) {
        return std::find_if(hits.begin(), hits.end(), [&](const SearchHit& hit) {
            return hit.text == citation->text && hit.path == citation->path;
        });
    };
    std::stable_sort(seen.begin(), seen.end(),
                     [&](const Citation* a, const Citation* b) { return rank(a) < rank(b); });
    std::vector<Citation> citations;
    for (const Citation* citation : seen) {
        citations.push_back(*citation);
        citations.back().number = static_cast<int>(citations.size());
        const auto hit = rank(citation);
        citations.back().from_earlier = hit == hits.end();
        citations.back().score = hit == hits.end() ? 0 : hit->score;
        citations.back().ranks = hit == hits.end() ? PassageRanks{} : citation_of(*hit).ranks;
    }
    return citations;
}

/// What the cache holds before the answer: the prompt, and what became of each passage.
void AnswerFlow::take_account(const TurnPlan& turn, int prompt_end, Answer& answer) const {
    const auto rows = session_->cache().rows().first(static_cast<std::size_t>(prompt_end));
    answer.prompt = prompt_text(rows, session_->tokenizer());
    std::vector<const Citation*> held;
    for (const ConversationTurn& earlier : conversation_.turns())
        for (const ConversationPassage& passage : earlier.passages) held.push_back(&passage.source);
    for (const ConversationPassage& passage : turn.passages) held.push_back(&passage.source);
    const std::vector<std::vector<TokenRun>> runs = passage_runs(rows);
    assert(runs.size() == held.size());
    for (std::size_t i = 0; i < std::min(held.size(), runs.size()); ++i)
        for (Citation& citation : answer.citations)
            if (is_same(citation, *held[i])) citation.tokens = runs[i];
}

/// What had to make room elsewhere in the context, or comes from an earlier run of the program:
/// from stored caches where most of a turn's are there, since computing them costs what reading
/// does.
Status AnswerFlow::read_past_turns(const AskOptions& options, std::stop_token stop) {
    FusionSettings fusion = options.fusion;
    if (fusion.sure_nats > 0) {  // behind an answer there is no next token to be unsure of
        fusion.sure_nats = 0;
        fusion.ratio = std::max(fusion.ratio, FusionSettings{}.ratio);
    }
    while (conversation_.n_held() < conversation_.turns().size()) {
        const PromptSegments turn = conversation_.segments_to_hold();
        if (passage_kv_.share_stored(turn) >= 0.5)
            LECTERN_TRY(passage_kv_.read(turn, fusion, options.seed, stop));
        else
            LECTERN_TRY(read_full(session_->model(), session_->activations(), session_->cache(),
                                  turn, stop));
        conversation_.hold_next();
    }
    return {};
}

Result<FuseReport> AnswerFlow::read(const PromptPlan& plan, const AskOptions& options,
                                    AnswerFigures& figures, std::stop_token stop) {
    figures.mode = options.mode;
    figures.kept_tokens =
        session_->cache().size() - static_cast<int>(session_->planner().prefix().size());
    const Stopwatch past;
    LECTERN_TRY(read_past_turns(options, stop));
    if (options.mode == AnswerMode::kFull) LECTERN_TRY(repair(stop));
    figures.phases.push_back({"past_turns", past.ms()});
    figures.prompt_tokens = session_->cache().size() + plan.n_tokens;
    if (options.mode == AnswerMode::kFull) {
        LECTERN_ASSIGN(FuseReport report, read_full(session_->model(), session_->activations(),
                                                    session_->cache(), plan.segments, stop));
        take_figures(figures, report);
        return report;
    }
    LECTERN_ASSIGN(StoredRead read,
                   passage_kv_.read(plan.segments, options.fusion, options.seed, stop));
    figures.kv_ram = read.kv.from_ram;
    figures.kv_disk = read.kv.from_disk;
    figures.kv_computed = read.kv.computed;
    figures.load_ms = read.kv.open_ms;
    figures.phases.push_back({"open", read.kv.open_ms});
    figures.phases.push_back({"compute", read.kv.compute_ms});
    take_figures(figures, read.report);
    return std::move(read.report);
}

Result<std::vector<TokenId>> AnswerFlow::decode(FuseReport& report, const AskOptions& options,
                                                const AskEvents& events,
                                                const Stopwatch& since_question, Answer& answer,
                                                std::stop_token stop) {
    GenerateOptions generate_options = answer_options(*session_, options.max_tokens);
    generate_options.sampler.temperature = options.temperature;
    generate_options.sampler.seed = options.seed;
    if (options.look_up) generate_options.draft_from = session_->cache().tokens();

    const SentenceCiter citer = citer_of(answer.citations);
    const Stopwatch decoding;
    const auto on_text = [&](std::string_view piece) {
        if (answer.text.empty()) {
            answer.figures.ttft_ms = since_question.ms() - answer.figures.model_load_ms;
            answer.figures.phases.push_back({"first_text", decoding.ms()});
            complete_phases(answer.figures);
        }
        answer.text += piece;
        tell(events.on_text, piece);
    };
    DecodeRequest request{citer, sources_of(answer.citations), std::move(generate_options), on_text,
                          events.on_sentence};
    LECTERN_ASSIGN(CitedAnswer cited,
                   decode_cited(*session_, report.logits, std::move(request), stop));
    Generated& generated = cited.generated;
    answer.sentences = std::move(cited.sentences);
    if (answer.text.empty()) answer.figures.phases.clear();
    answer.cancelled = generated.finish == FinishReason::kCancelled;
    answer.figures.answer_tokens = static_cast<int>(generated.tokens.size());
    answer.figures.drafted_tokens = generated.n_drafted;
    answer.figures.accepted_tokens = generated.n_accepted;
    if (generated.tokens.size() > 1 && generated.decode_ms > 0)
        answer.figures.decode_tokens_per_s =
            1e3 * (static_cast<double>(generated.tokens.size()) - 1) / generated.decode_ms;
    return std::move(generated.tokens);
}

std::string search_query(const std::string& question_before, const std::string& question) {
    return question_before.empty() ? question : question_before + " " + question;
}

PlanPassage plan_passage(const std::string& title, const std::string& heading_path,
                         const std::string& text) {
    return {chunk_context(title, heading_path), text};
}

Citation citation_of(const ChunkRecord& chunk) {
    Citation citation = source_of(chunk);
    citation.chunk_id = chunk.id;
    return citation;
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
