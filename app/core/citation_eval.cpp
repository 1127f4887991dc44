#include "app/core/citation_eval.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/core/answer_flow.h"
#include "app/core/cited_decoding.h"
#include "app/core/eval_metrics.h"
#include "app/core/passage_kv.h"

namespace lectern {
namespace {

constexpr const char* kInstructions = "Answer in one full sentence.";
constexpr std::size_t kStoreBytes = std::size_t{1} << 30;

Result<PromptSegments> lay_out(const ModelSession& session, const EvalCase& item, int max_tokens) {
    PlanRequest request;
    request.question = item.question;
    request.instructions = kInstructions;
    for (const EvalPassage& passage : item.passages)
        request.passages.push_back({passage.title, passage.text});
    LECTERN_ASSIGN(PromptPlan plan,
                   session.planner().plan_turn(request, {}, session.context() - max_tokens));
    if (plan.dropped_passages > 0)
        return fail(ErrorCode::kTooLong,
                    "The passages of \"" + item.question + "\" do not fit the context.",
                    "Give a larger --context.");
    return std::move(plan.segments);
}

/// Into the session's cache, behind the prefix.
Result<FuseReport> read(ModelSession& session, const PromptSegments& segments,
                        const CitationEvalOptions& options, const std::stop_token& stop) {
    session.rewind();
    if (options.mode == AnswerMode::kFull)
        return read_full(session.model(), session.activations(), session.cache(), segments, stop);
    const std::unique_ptr<KvStore> store = make_ram_kv_store(kStoreBytes);
    LECTERN_ASSIGN(StoredRead read,
                   PassageKv(session, *store).read(segments, options.fusion, 0, stop));
    return std::move(read.report);
}

CaseCitations judge(const EvalCase& item, const std::vector<CitedSentence>& sentences) {
    CaseCitations out;
    for (const CitedSentence& sentence : sentences) {
        if (sentence.numbers.empty()) ++out.n_uncited;
        if (sentence.numbers.empty() || !out.first.empty()) continue;
        out.first = item.passages[sentence.numbers.front() - 1].title;
        const auto& titles = item.supporting_titles;
        out.is_supporting = std::find(titles.begin(), titles.end(), out.first) != titles.end();
    }
    return out;
}

Result<CitationCase> measure(ModelSession& session, const EvalCase& item,
                             const CitationEvalOptions& options, const std::stop_token& stop) {
    LECTERN_ASSIGN(const PromptSegments segments, lay_out(session, item, options.max_tokens));
    LECTERN_ASSIGN(FuseReport report, read(session, segments, options, stop));
    std::vector<CitablePassage> citable;
    std::vector<SourcePassage> sources;
    for (const EvalPassage& passage : item.passages) {
        citable.push_back({passage.title, passage.text});
        sources.push_back({static_cast<int>(citable.size()), passage.text});
    }
    const SentenceCiter citer(citable);
    DecodeRequest request{citer, sources, answer_options(session, options.max_tokens), {}, {}};
    request.generate.draft_from = session.cache().tokens();
    LECTERN_ASSIGN(const CitedAnswer cited,
                   decode_cited(session, report.logits, std::move(request), stop));
    if (cited.generated.finish == FinishReason::kCancelled)
        return fail(ErrorCode::kCancelled, "Measuring was stopped.");

    CitationCase out;
    out.answer = cited.generated.text;
    out.n_sentences = static_cast<int>(cited.sentences.size());
    out.is_right = contains_answer(out.answer, item.answers);
    out.attention = judge(item, cited.sentences);
    out.overlap = judge(item, citer.cite(out.answer, true));
    return out;
}

CitationFigures figures_of(const std::vector<CitationCase>& cases,
                           CaseCitations CitationCase::*way) {
    int n = 0, n_supporting = 0, n_sentences = 0, n_uncited = 0;
    for (const CitationCase& item : cases) {
        if (!item.is_right) continue;
        ++n;
        n_supporting += (item.*way).is_supporting ? 1 : 0;
        n_sentences += item.n_sentences;
        n_uncited += (item.*way).n_uncited;
    }
    return {wilson_interval(n_supporting, n),
            n_sentences == 0 ? 0 : static_cast<double>(n_uncited) / n_sentences};
}

}  // namespace

Result<CitationReport> run_citation_eval(ModelSession& session, std::span<const EvalCase> cases,
                                         const CitationEvalOptions& options, std::stop_token stop) {
    const std::size_t begin = std::min(cases.size(), static_cast<std::size_t>(options.skip));
    cases = cases.subspan(begin);
    if (options.limit > 0)
        cases = cases.first(std::min(cases.size(), static_cast<std::size_t>(options.limit)));
    if (cases.empty()) return fail(ErrorCode::kInvalidArgument, "There is no case to measure.");
    CitationReport report;
    for (const EvalCase& item : cases) {
        if (item.supporting_titles.empty())
            return fail(ErrorCode::kInvalidArgument,
                        "It is not known which passages \"" + item.question + "\" rests on.",
                        "Give a data set with \"supporting_facts\".");
        LECTERN_ASSIGN(CitationCase one, measure(session, item, options, stop));
        one.number = static_cast<int>(begin + report.cases.size()) + 1;
        report.n_right += one.is_right ? 1 : 0;
        report.cases.push_back(std::move(one));
        if (options.on_progress)
            options.on_progress(static_cast<int>(report.cases.size()),
                                static_cast<int>(cases.size()));
    }
    report.attention = figures_of(report.cases, &CitationCase::attention);
    report.overlap = figures_of(report.cases, &CitationCase::overlap);
    return report;
}

}  // namespace lectern
