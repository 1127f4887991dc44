#include "app/gui/why_answer.h"

#include <QCoreApplication>
#include <QLocale>
#include <QVariantList>
#include <algorithm>
#include <array>
#include <string_view>

#include "app/gui/answer_text.h"
#include "app/gui/token_strip.h"

namespace lectern {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(WhyAnswer)
};

enum Part { kRewrite, kSearch, kCompute, kLoad, kFuse, kDecode, kParts };

/// The part of the bar that a phase of the first word belongs to.
Part part_of(std::string_view phase) {
    if (phase == "rewrite") return kRewrite;
    if (phase == "retrieve") return kSearch;
    if (phase == "compute") return kCompute;
    if (phase == "open" || phase == "wait" || phase == "place") return kLoad;
    if (phase == "logits" || phase == "first_text" || phase == "rest") return kDecode;
    return kFuse;
}

/// "0.63 (rank 1)", or a dash: it was not among the candidates.
QString ranked(double score, int rank) {
    if (rank < 1) return QStringLiteral("–");
    return Texts::tr("%1 (rank %2)").arg(QLocale().toString(score, 'f', 2)).arg(rank);
}

/// Empty for a passage that the turn's search did not find.
QString scores_text(const Citation& citation) {
    const PassageRanks& ranks = citation.ranks;
    if (ranks.dense < 1 && ranks.lexical < 1) return {};
    return Texts::tr("meaning %1 · words %2 · together %3")
        .arg(ranked(ranks.dense_score, ranks.dense), ranked(ranks.lexical_score, ranks.lexical),
             QLocale().toString(citation.score, 'f', 4));
}

/// Parts are short: below a second in milliseconds.
QString part_text(double ms) {
    return ms < 1000 ? Texts::tr("%1 ms").arg(QLocale().toString(ms, 'f', 0)) : seconds_text(ms);
}

QVariantList parts_of(const std::vector<PhaseTime>& phases) {
    std::array<double, kParts> ms{};
    for (const PhaseTime& phase : phases) ms[part_of(phase.name)] += std::max(0.0, phase.ms);
    const std::array<QString, kParts> names{Texts::tr("Put in other words"),
                                            Texts::tr("Search"),
                                            Texts::tr("Compute"),
                                            Texts::tr("Load"),
                                            Texts::tr("Fuse"),
                                            Texts::tr("Decode")};
    QVariantList parts;
    for (std::size_t i = 0; i < kParts; ++i) {
        // The question stood alone; all passages were stored.
        if ((i == kRewrite || i == kCompute) && ms[i] == 0) continue;
        parts << QVariantMap{{QStringLiteral("name"), names[i]},
                             {QStringLiteral("part"), static_cast<int>(i)},
                             {QStringLiteral("ms"), ms[i]},
                             {QStringLiteral("text"), part_text(ms[i])}};
    }
    return parts;
}

struct TokenCounts {
    int reused = 0, corrected = 0, recomputed = 0;
    void add(const TokenRun& run) {
        int& count = run.state == TokenState::kReused      ? reused
                     : run.state == TokenState::kCorrected ? corrected
                                                           : recomputed;
        count += run.n;
    }
    QString text() const {
        const QLocale locale;
        QStringList parts{Texts::tr("%1 as stored").arg(locale.toString(reused))};
        if (corrected > 0)
            parts << Texts::tr("%1 as stored, corrected").arg(locale.toString(corrected));
        parts << Texts::tr("%1 recomputed").arg(locale.toString(recomputed));
        return Texts::tr("%1 tokens: %2")
            .arg(locale.toString(reused + corrected + recomputed),
                 parts.join(QStringLiteral(" · ")));
    }
};

QVariantMap passage_map(const Citation& citation, const QString& note, TokenCounts& all) {
    QVariantList tokens;
    TokenCounts counts;
    for (const TokenRun& run : citation.tokens) {
        tokens << static_cast<int>(TokenStrip::state_of(run.state)) << run.n;
        counts.add(run);
        all.add(run);
    }
    return {
        {QStringLiteral("number"), citation.number},
        {QStringLiteral("title"), QString::fromStdString(citation.title)},
        {QStringLiteral("page"), page_text(citation)},
        {QStringLiteral("scores"), scores_text(citation)},
        {QStringLiteral("note"), note},
        {QStringLiteral("tokens"), tokens},
        {QStringLiteral("tokensText"), counts.text()},
    };
}

}  // namespace

QVariantMap why_answer(const Answer& answer) {
    if (answer.citations.empty()) return {};
    TokenCounts all, none;
    QVariantList passages, left_out;
    for (const Citation& citation : answer.citations)
        passages << passage_map(
            citation, citation.from_earlier ? Texts::tr("from an earlier question") : QString(),
            all);
    for (const Citation& citation : answer.left_out)
        left_out << passage_map(citation, QString(), none);
    const AnswerFigures& figures = answer.figures;
    const bool full_known = figures.full_read_ms > 0;
    return {
        {QStringLiteral("fidelity"), QString::fromStdString(figures.fidelity)},
        {QStringLiteral("searchedFor"), QString::fromStdString(answer.searched_for)},
        {QStringLiteral("passages"), passages},
        {QStringLiteral("leftOut"), left_out},
        {QStringLiteral("parts"),
         figures.phases.empty() ? QVariantList() : parts_of(figures.phases)},
        {QStringLiteral("totalMs"), figures.ttft_ms},
        {QStringLiteral("totalText"), seconds_text(figures.ttft_ms)},
        {QStringLiteral("fullMs"), figures.full_read_ms},
        {QStringLiteral("fullText"),
         full_known ? Texts::tr("about %1").arg(seconds_text(figures.full_read_ms)) : QString()},
        {QStringLiteral("tokensText"), all.text()},
        {QStringLiteral("prompt"), QString::fromStdString(answer.prompt)},
    };
}

}  // namespace lectern
