#include "app/core/eval.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/core/eval_journal.h"
#include "app/core/eval_reader.h"
#include "app/core/eval_summary.h"
#include "engine/base/hash.h"
#include "engine/kv/kv_key.h"

namespace lectern {
namespace {

/// A case chosen for measuring.
struct PreparedCase {
    const EvalCase* item = nullptr;
    PromptSegments prompt;
    /// [passages]: the tokens before each in its document; empty if no variant asks for them.
    std::vector<std::vector<TokenId>> before;
};

struct Preparation {
    std::vector<PreparedCase> cases;
    std::vector<SkippedCase> skipped;
    int capacity = 0;  ///< rows of the largest prompt and its answer
};

Status check(const EvalOptions& options, std::size_t n_cases) {
    if (options.variants.empty())
        return fail(ErrorCode::kInvalidArgument, "No way of reading was given to evaluate.");
    if (options.skip < 0 || options.limit < 0 || options.max_answer_tokens < 1 ||
        options.max_kl_positions < 1 || options.max_kl_positions > EvalReader::kMaxPositions)
        return fail(ErrorCode::kInvalidArgument, "A count of the evaluation is out of range.");
    if (static_cast<std::size_t>(options.skip) >= n_cases)
        return fail(ErrorCode::kInvalidArgument,
                    "The data set has " + std::to_string(n_cases) + " cases; skipping " +
                        std::to_string(options.skip) + " leaves none.");
    for (const EvalVariant& variant : options.variants) {
        if (variant.mode == AnswerMode::kFull) continue;
        LECTERN_TRY(make_fusion(variant.fusion, options.seed));
    }
    return check_baseline(options.variants, options.baseline);
}

int count_rows(const PromptSegments& prompt) {
    std::size_t n = 0;
    for (const PromptSegment& segment : prompt) n += segment.ids.size();
    return static_cast<int>(n);
}

/// The case's prompt; kTooLong where it and an answer are beyond the context.
Result<PromptSegments> prompt_of(const EvalEngine& engine, const EvalCase& item,
                                 int max_answer_tokens) {
    LECTERN_ASSIGN(PromptSegments prompt, engine.build_prompt(item));
    if (prompt.empty() || prompt.front().kind != SegmentKind::kPrefix)
        return fail(ErrorCode::kInternal, "A prompt to evaluate does not begin with the prefix.");
    const int context = engine.model.config().context_length;
    if (count_rows(prompt) + max_answer_tokens > context)
        return fail(ErrorCode::kTooLong, "Its prompt of " + std::to_string(count_rows(prompt)) +
                                             " tokens and the answer do not fit into the model's " +
                                             std::to_string(context) + ".");
    return prompt;
}

/// Of each passage, as much as fits into the context in front of it.
std::vector<std::vector<TokenId>> tokens_before(const EvalEngine& engine, const EvalCase& item,
                                                const PromptSegments& prompt) {
    const auto context = static_cast<std::size_t>(engine.model.config().context_length);
    const std::size_t prefix = prompt.front().ids.size();
    std::vector<std::vector<TokenId>> before;
    for (const PromptSegment& segment : prompt) {
        if (segment.kind != SegmentKind::kPassage) continue;
        const EvalPassage& passage = item.passages[before.size()];
        std::vector<TokenId>& ids = before.emplace_back();
        if (passage.before.empty()) continue;
        ids = engine.passage_tokens({passage.title, passage.before});
        const std::size_t room = context - prefix - segment.ids.size();
        if (ids.size() > room)
            ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(room));
    }
    return before;
}

/// Rows that the largest of a case's passages takes behind the prefix and what stands before it.
int rows_in_document(const PreparedCase& item) {
    std::size_t n = 0, i = 0;
    for (const PromptSegment& segment : item.prompt)
        if (segment.kind == SegmentKind::kPassage)
            n = std::max(n, item.before[i++].size() + segment.ids.size());
    return static_cast<int>(item.prompt.front().ids.size() + n);
}

Result<Preparation> prepare(const EvalOptions& options, std::span<const EvalCase> cases,
                            const EvalEngine& engine) {
    Preparation prepared;
    const bool in_documents =
        std::any_of(options.variants.begin(), options.variants.end(),
                    [](const EvalVariant& one) { return one.chunks == ChunkSource::kInDocument; });
    const auto begin = static_cast<std::size_t>(options.skip);
    std::size_t n = cases.size() - begin;
    if (options.limit > 0) n = std::min(n, static_cast<std::size_t>(options.limit));
    for (std::size_t i = begin; i < begin + n; ++i) {
        Result<PromptSegments> prompt = prompt_of(engine, cases[i], options.max_answer_tokens);
        if (!prompt && prompt.error().code != ErrorCode::kTooLong)
            return tl::unexpected<Error>(std::move(prompt).error());
        if (!prompt) {
            prepared.skipped.push_back({static_cast<int>(i) + 1, prompt.error().message});
            continue;
        }
        prepared.capacity =
            std::max(prepared.capacity, count_rows(*prompt) + options.max_answer_tokens);
        PreparedCase one{&cases[i], std::move(*prompt), {}};
        if (in_documents) {
            one.before = tokens_before(engine, cases[i], one.prompt);
            prepared.capacity = std::max(prepared.capacity, rows_in_document(one));
        }
        prepared.cases.push_back(std::move(one));
    }
    if (prepared.cases.empty())
        return fail(ErrorCode::kTooLong, "No case fits into the model's context. Case " +
                                             std::to_string(prepared.skipped.front().number) +
                                             ": " + prepared.skipped.front().reason);
    return prepared;
}

/// Of a correction that goes by what was learnt of the model.
void add_learnt(Hasher& hasher, const FusionSettings& fusion) {
    const auto rule = make_correction_rule(fusion.correction);
    if (!rule || rule->learnt_rows == 0 || !fusion.learnt) return;
    hasher.add(hash128(std::as_bytes(std::span(fusion.learnt->k))));
    hasher.add(hash128(std::as_bytes(std::span(fusion.learnt->v))));
}

/// Everything a case's figures depend on but the machine.
Hash128 key_of(const EvalOptions& options, const EvalEngine& engine, const PreparedCase& item,
               const EvalVariant& variant) {
    Hasher hasher;
    hasher.add(std::string_view("eval 2"));
    hasher.add(engine.model.fingerprint());
    for (const PromptSegment& segment : item.prompt) {
        hasher.add(static_cast<std::int64_t>(segment.kind));
        hasher.add(std::span<const std::int32_t>(segment.ids));
    }
    for (const std::string& answer : item.item->answers) hasher.add(std::string_view(answer));
    hasher.add(std::span<const std::int32_t>(engine.stop_tokens));
    hasher.add(std::int64_t{options.max_answer_tokens});
    hasher.add(std::int64_t{options.max_kl_positions});
    const bool is_fused = variant.mode == AnswerMode::kFused;
    hasher.add(std::string_view(is_fused ? variant.fusion.selector : "full read"));
    if (is_fused) {
        hasher.add(std::string_view(variant.fusion.correction));
        hasher.add(variant.fusion.ratio);
        if (variant.fusion.sure_nats > 0) hasher.add(std::string_view("by entropy"));
        hasher.add(variant.fusion.sure_nats);
        add_learnt(hasher, variant.fusion);
        hasher.add(static_cast<std::int64_t>(options.seed));
        hasher.add(std::string_view(name_of(variant.kv_format)));
        hasher.add(std::int64_t{kKvFormatVersion});
        hasher.add(static_cast<std::int64_t>(variant.chunks));
        if (variant.chunks == ChunkSource::kInDocument)
            for (const std::vector<TokenId>& ids : item.before)
                hasher.add(std::span<const TokenId>(ids));
    }
    return hasher.finish();
}

/// Measures what the journal lacks of a case.
Status measure_case(const EvalOptions& options, const EvalEngine& engine, const PreparedCase& item,
                    EvalReader& reader, EvalJournal& journal, const std::stop_token& stop) {
    bool has_begun = false;
    for (const EvalVariant& variant : options.variants) {
        const Hash128 key = key_of(options, engine, item, variant);
        if (journal.find(key) != nullptr) continue;
        if (!has_begun) {
            EvalVariant full_read;
            full_read.mode = AnswerMode::kFull;
            const Hash128 full = key_of(options, engine, item, full_read);
            LECTERN_TRY(reader.begin_case(*item.item, item.prompt, item.before, full, stop));
        }
        has_begun = true;
        LECTERN_ASSIGN(EvalMeasurement measurement, reader.measure(variant, stop));
        LECTERN_TRY(journal.add(key, std::move(measurement)));
    }
    return {};
}

/// Of the cases' passages as the variant stores them; 0 for a full read.
double kv_bytes_per_token(const EvalVariant& variant, const KvShape& shape,
                          const std::vector<PreparedCase>& cases) {
    if (variant.mode == AnswerMode::kFull) return 0;
    std::size_t bytes = 0, tokens = 0;
    for (const PreparedCase& item : cases)
        for (const PromptSegment& segment : item.prompt) {
            if (segment.kind != SegmentKind::kPassage) continue;
            tokens += segment.ids.size();
            bytes +=
                kv_payload_bytes(shape, variant.kv_format, static_cast<int>(segment.ids.size()));
        }
    return tokens == 0 ? 0 : static_cast<double>(bytes) / static_cast<double>(tokens);
}

}  // namespace

Result<EvalReport> run_eval(const EvalOptions& options, std::span<const EvalCase> cases,
                            EvalEngine& engine,
                            const std::function<void(const EvalProgress&)>& on_progress,
                            std::stop_token stop) {
    const auto begin = std::chrono::steady_clock::now();
    LECTERN_TRY(check(options, cases.size()));
    LECTERN_ASSIGN(const Preparation prepared, prepare(options, cases, engine));
    LECTERN_ASSIGN(EvalJournal journal, EvalJournal::open(options.resume_file));
    LECTERN_ASSIGN(EvalReader reader, EvalReader::create(engine, options, prepared.capacity));

    EvalReport report;
    report.skipped = prepared.skipped;
    for (const PreparedCase& item : prepared.cases)
        for (const EvalVariant& variant : options.variants)
            report.n_resumed +=
                journal.find(key_of(options, engine, item, variant)) != nullptr ? 1 : 0;
    EvalProgress progress{0, static_cast<int>(prepared.cases.size())};
    for (const PreparedCase& item : prepared.cases) {
        LECTERN_TRY(measure_case(options, engine, item, reader, journal, stop));
        ++progress.cases_done;
        if (on_progress) on_progress(progress);
    }
    std::vector<EvalSeries> all;
    for (const EvalVariant& variant : options.variants) {
        EvalSeries series{variant, {}};
        for (const PreparedCase& item : prepared.cases)
            series.cases.push_back(journal.find(key_of(options, engine, item, variant)));
        all.push_back(std::move(series));
    }
    report.rows = summarise(all, options.baseline,
                            std::all_of(prepared.cases.begin(), prepared.cases.end(),
                                        [](const auto& c) { return !c.item->answers.empty(); }));
    for (EvalRow& row : report.rows)
        row.kv_bytes_per_token =
            kv_bytes_per_token(row.variant, engine.model.config().kv_shape(), prepared.cases);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

}  // namespace lectern
