// Decoding with look-up drafts against plain decoding, on answers that quote and on such that do
// not.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/core/answer_flow.h"
#include "app/core/bench_run.h"
#include "app/core/eval_dataset.h"
#include "app/core/eval_metrics.h"
#include "engine/decode/generator.h"
#include "engine/fusion/fuser.h"
#include "resources/bench_text.h"

namespace lectern {
namespace {

constexpr int kAnswerTokens = 96;
constexpr int kFewestTokens = 8;  ///< of an answer that says something about speed
constexpr std::size_t kPassageBytes = 900;

/// What is asked about a case's passages.
struct Kind {
    const char* name;
    const char* ask;
    enum { kNothing, kSentence, kQuestion } then;  ///< what of the case follows `ask`
};
constexpr Kind kKinds[] = {
    {"verbatim",
     "Write down, word for word and without anything else, the sentence of the passages that "
     "begins with: ",
     Kind::kSentence},
    {"quoting",
     "Copy, word for word, the two sentences of the passages that help most to answer this "
     "question, and write nothing else: ",
     Kind::kQuestion},
    {"answering", "", Kind::kQuestion},
    {"free", "Leave the passages aside and write a short poem about a lighthouse in winter.",
     Kind::kNothing},
};

/// One answer, decoded several times each way.
struct Decoded {
    std::vector<double> plain_ms, drafted_ms;
    Generated plain, drafted;
};

/// Passages of bench text with questions that it answers.
std::vector<EvalCase> own_cases() {
    constexpr const char* kQuestions[] = {
        "Is the library free of the year 2000 problem?",
        "Where can a Windows DLL version be had?",
        "What is to be done when compress() returns a buffer error?",
        "Can the library be used from several threads at once?",
    };
    const std::string text(kBenchText);
    std::vector<EvalPassage> passages;
    for (std::size_t at = 0; at < text.size(); at += kPassageBytes)
        passages.push_back({"zlib FAQ", text.substr(at, kPassageBytes)});
    std::vector<EvalCase> cases;
    for (const char* question : kQuestions) cases.push_back({question, {}, passages, {}});
    return cases;
}

/// How the longest sentence of the case's last passage begins: five words.
std::string beginning_of_sentence(const EvalCase& item) {
    const std::string& text = item.passages.back().text;
    std::size_t begin = 0, longest = 0, length = 0;
    for (std::size_t end; (end = text.find(". ", begin)) != std::string::npos; begin = end + 2)
        if (end - begin > length) {
            longest = begin;
            length = end - begin;
        }
    std::size_t end = longest;
    for (int word = 0; word < 5 && end < text.size(); ++word)
        end = std::min(text.find(' ', end + 1), text.size());
    return text.substr(longest, end - longest);
}

std::string end_of_question(const EvalCase& item, const Kind& kind) {
    switch (kind.then) {
        case Kind::kNothing:
            return "";
        case Kind::kSentence:
            return "\"" + beginning_of_sentence(item) + "\"";
        case Kind::kQuestion:
            return item.question;
    }
    return "";
}

/// Reads and decodes cases with one session. One thread.
class LookupBench {
  public:
    LookupBench(ModelSession& session, const BenchOptions& options, std::stop_token stop)
        : session_(session), options_(options), stop_(std::move(stop)) {}

    /// The case's passages behind the prefix, as many as n_tokens hold.
    Status read_passages(const EvalCase& item) {
        LECTERN_ASSIGN(const PromptPlan plan, plan_of(item, "", item.question));
        session_.rewind();
        before_question_ = {plan.segments.begin() + 1, plan.segments.end() - 1};
        PromptSegments with_question{plan.segments.begin() + 1, plan.segments.end()};
        LECTERN_TRY(read(with_question));
        passage_rows_ = session_.cache().size() - static_cast<int>(plan.segments.back().ids.size());
        return {};
    }

    /// An answer of this kind behind the passages read, both ways alternating. kInternal where they
    /// differ.
    Result<Decoded> answer(const EvalCase& item, const Kind& kind) {
        LECTERN_ASSIGN(const PromptPlan plan, plan_of(item, kind.ask, end_of_question(item, kind)));
        session_.cache().truncate(passage_rows_);
        LECTERN_ASSIGN(const FuseReport report, read({plan.segments.back()}));
        std::vector<TokenId> prompt = session_.planner().prefix();
        for (const PromptSegment& segment : before_question_)
            prompt.insert(prompt.end(), segment.ids.begin(), segment.ids.end());
        prompt.insert(prompt.end(), plan.segments.back().ids.begin(),
                      plan.segments.back().ids.end());
        Decoded decoded;
        for (int round = 0; round < options_.repeat; ++round) {
            LECTERN_ASSIGN(decoded.plain, decode(report.logits, std::nullopt));
            decoded.plain_ms.push_back(decoded.plain.decode_ms);
            LECTERN_ASSIGN(decoded.drafted, decode(report.logits, prompt));
            decoded.drafted_ms.push_back(decoded.drafted.decode_ms);
            if (decoded.plain.tokens != decoded.drafted.tokens)
                return fail(ErrorCode::kInternal, "Look-up has changed an answer: \"" +
                                                      decoded.plain.text + "\" became \"" +
                                                      decoded.drafted.text + "\".");
        }
        return decoded;
    }

  private:
    Result<PromptPlan> plan_of(const EvalCase& item, const std::string& ask,
                               const std::string& question) const {
        PlanRequest request;
        for (const EvalPassage& passage : item.passages)
            request.passages.push_back({passage.title, passage.text});
        request.question = ask + question;
        return session_.planner().plan(request, options_.n_tokens);
    }

    Result<FuseReport> read(const PromptSegments& segments) {
        return read_full(session_.model(), session_.activations(), session_.cache(), segments,
                         stop_);
    }

    /// Decodes as answers are; the cache is back at the prompt afterwards.
    Result<Generated> decode(std::vector<float> logits,
                             std::optional<std::vector<TokenId>> draft_from) {
        KvCache& cache = session_.cache();
        const int rows = cache.size();
        GenerateOptions options = answer_options(session_, kAnswerTokens);
        options.draft_from = std::move(draft_from);
        Result<Generated> generated =
            generate(session_.model(), session_.activations(), cache, session_.tokenizer(), logits,
                     options, nullptr, stop_);
        cache.truncate(rows);
        if (generated && generated->finish == FinishReason::kCancelled)
            return fail(ErrorCode::kCancelled, "Measuring was cancelled.");
        return generated;
    }

    ModelSession& session_;
    const BenchOptions& options_;
    std::stop_token stop_;
    PromptSegments before_question_;
    int passage_rows_ = 0;
};

double median_of(const std::vector<double>& ms) { return quantile(ms, 0.5); }

/// The sum over answers, by round.
std::vector<double> sums(const std::vector<Decoded>& answers, std::vector<double> Decoded::*times) {
    std::vector<double> total((answers.front().*times).size(), 0);
    for (const Decoded& answer : answers)
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += (answer.*times)[i];
    return total;
}

void compare(BenchRow& row, const std::vector<Decoded>& answers) {
    double logs = 0, n_drafted = 0, n_accepted = 0, n_steps = 0;
    double least = 1e9, most = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const double ratio = median_of(answers[i].plain_ms) / median_of(answers[i].drafted_ms);
        row.figures.push_back({"ratio_" + std::to_string(i + 1), ratio});
        logs += std::log(ratio);
        least = std::min(least, ratio);
        most = std::max(most, ratio);
        n_drafted += answers[i].drafted.n_drafted;
        n_accepted += answers[i].drafted.n_accepted;
        n_steps += answers[i].drafted.n_steps;
    }
    const auto n = static_cast<double>(answers.size());
    const double ratio = std::exp(logs / n);
    row.figures.push_back({"ratio", ratio});
    row.figures.push_back({"drafted", n_drafted});
    row.figures.push_back({"accepted", n_accepted});
    row.figures.push_back({"steps", n_steps});
    char text[160];
    std::snprintf(text, sizeof text,
                  "%.2fx plain (%.2f to %.2f over %.0f answers), %.0f %% of drafts right", ratio,
                  least, most, n, n_drafted > 0 ? 100 * n_accepted / n_drafted : 0);
    row.note = text;
}

/// A row of plain decoding and one with look-up, over all answers of a kind.
void add_rows(std::vector<BenchRow>& rows, const std::string& kind,
              const std::vector<Decoded>& answers, const BenchRow& like) {
    if (answers.empty()) return;
    int n_tokens = 0;  // behind each answer's first
    for (const Decoded& answer : answers)
        n_tokens += static_cast<int>(answer.plain.tokens.size()) - 1;
    BenchRow plain = like, drafted = like;
    plain.what = "decode, " + kind + ", plain";
    plain.ms = sums(answers, &Decoded::plain_ms);
    drafted.what = "decode, " + kind + ", look-up";
    drafted.ms = sums(answers, &Decoded::drafted_ms);
    compare(drafted, answers);
    for (BenchRow* row : {&plain, &drafted}) {
        row->n_tokens = n_tokens;
        summarise(*row, n_tokens);
        rows.push_back(std::move(*row));
    }
}

}  // namespace

Result<std::vector<BenchRow>> bench_lookup(const std::filesystem::path& model,
                                           const BenchOptions& options, std::stop_token stop) {
    std::vector<EvalCase> cases = own_cases();
    if (!options.dataset.empty()) {
        LECTERN_ASSIGN(cases, read_eval_dataset(options.dataset));
    }
    cases.resize(std::min(cases.size(), static_cast<std::size_t>(options.limit)));
    LECTERN_ASSIGN(const std::unique_ptr<ModelSession> session, open_session(model, options, stop));
    LookupBench bench(*session, options, stop);
    std::vector<Decoded> answers[std::size(kKinds)];
    for (const EvalCase& item : cases) {
        LECTERN_TRY(bench.read_passages(item));
        for (std::size_t k = 0; k < std::size(kKinds); ++k) {
            LECTERN_ASSIGN(Decoded decoded, bench.answer(item, kKinds[k]));
            if (decoded.plain.tokens.size() >= kFewestTokens)
                answers[k].push_back(std::move(decoded));
        }
    }
    std::vector<BenchRow> rows;
    const BenchRow like = new_row("", model, options, session->model().backend().description());
    for (std::size_t k = 0; k < std::size(kKinds); ++k)
        add_rows(rows, kKinds[k].name, answers[k], like);
    if (rows.empty())
        return fail(ErrorCode::kNotFound, "Every answer was too short to measure its decoding.",
                    "Raise --limit.");
    return rows;
}

}  // namespace lectern
