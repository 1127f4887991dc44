#include "app/gui/answer_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <QVariantMap>
#include <set>

#include "app/gui/source_place.h"

namespace lectern {
namespace {

constexpr double kWorthSayingMs = 100;  ///< a model load below it is not mentioned

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

/// The innermost of "Chapter › Section"; without headings the passage's first words.
QString topic(const Citation& citation) {
    constexpr int kFirstCharacters = 100;
    const QString heading_path = QString::fromStdString(citation.heading_path);
    if (!heading_path.isEmpty()) return heading_path.section(QStringLiteral(" › "), -1);
    return QString::fromStdString(citation.text).simplified().left(kFirstCharacters);
}

}  // namespace

ChatTurn kept_turn(const Answer& answer) {
    ChatTurn turn;
    turn.answer = answer.text;
    turn.citations = answer.citations;
    turn.sentences = answer.sentences;
    turn.stopped = answer.cancelled;
    turn.figures = figures_line(answer).toStdString();
    turn.searched_for = answer.searched_for;
    turn.turn = answer.turn;
    turn.first_turn = answer.first_turn;
    turn.first_with_passages = answer.first_with_passages;
    return turn;
}

QVariantList source_list(const AnswerDraft& draft) {
    std::set<int> cited;
    for (const CitedSentence& sentence : draft.sentences)
        cited.insert(sentence.numbers.begin(), sentence.numbers.end());
    QVariantList sources;
    for (const Citation& citation : draft.citations) {
        if (citation.from_earlier && cited.count(citation.number) == 0) continue;
        sources.append(QVariantMap{
            {QStringLiteral("number"), citation.number},
            {QStringLiteral("title"), QString::fromStdString(citation.title)},
            {QStringLiteral("topic"), topic(citation)},
            {QStringLiteral("headingPath"), QString::fromStdString(citation.heading_path)},
            {QStringLiteral("page"), page_text(citation)},
            {QStringLiteral("text"), QString::fromStdString(citation.text)},
            {QStringLiteral("path"), QString::fromStdString(citation.path.string())},
            {QStringLiteral("cited"), cited.count(citation.number) > 0},
            {QStringLiteral("pageNumber"), citation.page},
            {QStringLiteral("spans"), span_list(citation.sources)},
            {QStringLiteral("sizeBytes"), static_cast<qlonglong>(citation.stamp.size_bytes)},
            {QStringLiteral("modified"), QString::number(citation.stamp.mtime_ns)},  // > 2^53
        });
    }
    return sources;
}

QString page_text(const Citation& citation) {
    return citation.page > 0 ? Texts::tr("page %1").arg(citation.page) : QString();
}

QString seconds_text(double ms) {
    constexpr double kNoDecimalsMs = 10'000;
    return Texts::tr("%1 s").arg(QLocale().toString(ms / 1e3, 'f', ms < kNoDecimalsMs ? 1 : 0));
}

QString figures_line(const Answer& answer) {
    if (answer.citations.empty()) return {};
    const AnswerFigures& f = answer.figures;
    const int rows = f.reused_tokens + f.recomputed_tokens;
    QStringList parts;
    if (f.ttft_ms > 0) parts << Texts::tr("First word after %1").arg(seconds_text(f.ttft_ms));
    parts << Texts::tr("%1 passages, %2 from the cache")
                 .arg(n_of_turn(answer.citations))
                 .arg(f.kv_ram + f.kv_disk + f.kv_kept);
    if (rows > 0) parts << Texts::tr("%1 % recomputed").arg(100 * f.recomputed_tokens / rows);
    if (f.full_read_ms > 0)
        parts << Texts::tr("a full read would take about %1").arg(seconds_text(f.full_read_ms));
    if (f.model_load_ms > kWorthSayingMs)
        parts << Texts::tr("model loaded in %1").arg(seconds_text(f.model_load_ms));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace lectern
