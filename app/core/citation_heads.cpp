#include "app/core/citation_heads.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <utility>

#include "engine/fusion/fuser.h"
#include "resources/bench_text.h"
#include "resources/citation_heads.h"
#include "retrieval/chunk/chunker.h"
#include "retrieval/chunk/sentences.h"

namespace lectern {
namespace {

constexpr std::size_t kDefaultLayers = 4;
constexpr int kPassagesOfPrompt = 6;
constexpr int kPassageChars = 500;

/// The first layers from the middle on, those that see everything where there are any.
std::vector<AttentionHead> default_heads(const ModelConfig& config) {
    std::vector<int> layers(static_cast<std::size_t>(config.n_layers - config.n_layers / 2));
    std::iota(layers.begin(), layers.end(), config.n_layers / 2);
    const auto sees_all = [&](int layer) { return !config.is_windowed(layer); };
    const auto others = std::stable_partition(layers.begin(), layers.end(), sees_all);
    if (others != layers.begin()) layers.erase(others, layers.end());
    if (layers.size() > kDefaultLayers) layers.resize(kDefaultLayers);
    std::vector<AttentionHead> heads;
    for (const int layer : layers)
        for (int head = 0; head < config.n_heads; ++head) heads.push_back({layer, head});
    return heads;
}

/// A prompt of built-in passages, and a sentence of each.
struct QuotingPrompt {
    PlanRequest request;
    std::vector<std::string> quotations;
};

/// The longest sentence of a passage: the one most its own.
std::string quotation_of(const std::string& text) {
    std::string longest;
    for (const Stretch& sentence : split_sentences(text))
        if (sentence.size() > longest.size())
            longest = text.substr(sentence.begin, sentence.size());
    return longest;
}

std::vector<QuotingPrompt> quoting_prompts(int n) {
    ParsedDocument document;
    Block block;
    block.text = std::string(kBenchText);
    document.blocks.push_back(std::move(block));
    const std::vector<Chunk> chunks = split_document(document, {.target_chars = kPassageChars});
    std::vector<QuotingPrompt> prompts;
    for (std::size_t at = 0; at + kPassagesOfPrompt <= chunks.size(); at += kPassagesOfPrompt) {
        if (static_cast<int>(prompts.size()) == n) break;
        QuotingPrompt& prompt = prompts.emplace_back();
        prompt.request.question = "What do the documents say? Quote one sentence.";
        for (std::size_t i = at; i < at + kPassagesOfPrompt; ++i) {
            prompt.request.passages.push_back({"", chunks[i].text});
            prompt.quotations.push_back(quotation_of(chunks[i].text));
        }
    }
    return prompts;
}

/// Sums a prompt's quotations into scores, head by head.
class QuotationScorer {
  public:
    QuotationScorer(ModelSession& session, std::vector<HeadScore>& scores)
        : session_(session), scores_(scores) {}

    /// The session's cache holds the prompt.
    Status add(const QuotingPrompt& prompt, const std::stop_token& stop) {
        const KvCache& cache = session_.cache();
        int segment = -1;
        passages_.clear();
        for (int row = 0; row < cache.size(); ++row) {
            if (cache.rows()[row].kind != SegmentKind::kPassage) continue;
            if (std::exchange(segment, cache.rows()[row].segment) != segment)
                passages_.push_back(cache.segment_rows(segment));
        }
        std::vector<AttentionHead> heads;
        for (const HeadScore& score : scores_) heads.push_back(score.head);
        LECTERN_ASSIGN(
            AttentionTrace trace,
            AttentionTrace::create(session_.model(), std::move(heads), passages_.back().second,
                                   [this](std::span<const float> weights) { add_row(weights); }));
        for (quoted_ = 0; quoted_ < passages_.size(); ++quoted_)
            LECTERN_TRY(quote(prompt.quotations[quoted_], trace, stop));
        return {};
    }
    int n_rows() const { return n_rows_; }

  private:
    /// Runs the quotation behind the prompt and drops it again.
    Status quote(const std::string& text, AttentionTrace& trace, const std::stop_token& stop) {
        KvCache& cache = session_.cache();
        const CacheRollback rollback(cache);
        const std::vector<TokenId> ids = session_.tokenizer().encode(text);
        for (std::size_t at = 0; at < ids.size(); at += AttentionTrace::kRows) {
            const auto part = std::span(ids).subspan(
                at, std::min<std::size_t>(AttentionTrace::kRows, ids.size() - at));
            const int first = cache.append(part, cache.rows().back().segment + 1,
                                           SegmentKind::kAnswer, RowState::kExact);
            const auto rows = consecutive_rows(first, static_cast<int>(part.size()));
            LECTERN_TRY(run_pass({session_.model(), session_.activations(), cache, rows, stop},
                                 trace.hooks(session_.activations(), cache)));
            for (int t = 0; t < static_cast<int>(part.size()); ++t) trace.keep(t);
        }
        return {};
    }

    /// weights[heads, n_columns].
    void add_row(std::span<const float> weights) {
        const std::size_t n_columns = weights.size() / scores_.size();
        for (std::size_t h = 0; h < scores_.size(); ++h) {
            double right = 0, others = 0;
            for (std::size_t p = 0; p < passages_.size(); ++p) {
                const float* of_head = weights.data() + h * n_columns;
                const double mass = std::accumulate(of_head + passages_[p].first,
                                                    of_head + passages_[p].second, 0.0);
                (p == quoted_ ? right : others) += mass;
            }
            scores_[h].score += right - others / static_cast<double>(passages_.size() - 1);
        }
        ++n_rows_;
    }

    ModelSession& session_;
    std::vector<HeadScore>& scores_;             ///< sums over rows
    std::vector<std::pair<int, int>> passages_;  ///< rows of each
    std::size_t quoted_ = 0;                     ///< the passage being quoted
    int n_rows_ = 0;
};

}  // namespace

std::vector<AttentionHead> citation_heads(const Transformer& model) {
    const auto resource = nlohmann::json::parse(kCitationHeadsJson);
    const auto at = resource.at("models").find(model.fingerprint().hex());
    if (at == resource.at("models").end()) return default_heads(model.config());
    std::vector<AttentionHead> heads;
    for (const auto& head : at->at("heads")) heads.push_back({head.at(0), head.at(1)});
    return heads;
}

Result<std::vector<HeadScore>> score_citation_heads(ModelSession& session, int n_prompts,
                                                    std::stop_token stop) {
    const ModelConfig& config = session.model().config();
    std::vector<HeadScore> scores;
    for (int layer = 0; layer < config.n_layers; ++layer)
        for (int head = 0; head < config.n_heads; ++head) scores.push_back({{layer, head}, 0});
    QuotationScorer scorer(session, scores);
    for (const QuotingPrompt& prompt : quoting_prompts(n_prompts)) {
        LECTERN_ASSIGN(const PromptPlan plan,
                       session.planner().plan(prompt.request, session.context()));
        const PromptSegments segments(plan.segments.begin() + 1, plan.segments.end());
        session.rewind();
        LECTERN_TRY(
            read_full(session.model(), session.activations(), session.cache(), segments, stop));
        const Status added = scorer.add(prompt, stop);
        session.rewind();
        if (!added) return tl::unexpected(added.error());
    }
    for (HeadScore& score : scores) score.score /= std::max(1, scorer.n_rows());
    std::stable_sort(scores.begin(), scores.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    return scores;
}

}  // namespace lectern
