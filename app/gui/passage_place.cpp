#include "app/gui/passage_place.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace lectern {
namespace {

constexpr int kTellingLetters = 12;  ///< of a piece: fewer stand anywhere
constexpr int kGapCharacters = 24;   ///< between pieces that are joined

/// A text's letters and digits in lower case, with where each stands.
struct Letters {
    explicit Letters(const QString& text) {
        for (int i = 0; i < text.size(); ++i) {
            if (!text[i].isLetterOrNumber()) continue;
            letters += text[i].toLower();
            places.push_back(i);
        }
    }
    QString letters;
    std::vector<int> places;
};

/// The letters of each sentence or line; of them all where none has enough to tell.
QStringList pieces_of(const QString& passage) {
    static const QRegularExpression kEnd(QStringLiteral("(?<=[.!?;:])\\s+|\\n+"));
    QStringList pieces;
    bool any_telling = false;
    for (const QString& piece : passage.split(kEnd)) {
        const QString letters = Letters(piece).letters;
        if (letters.isEmpty()) continue;
        pieces << letters;
        any_telling = any_telling || letters.size() >= kTellingLetters;
    }
    if (!any_telling && !pieces.isEmpty()) return {pieces.join(QString())};
    return pieces;
}

/// Where the piece stands: behind the one before, else anywhere; a short one right behind it only.
qsizetype place_of(const QString& piece, const QString& letters, qsizetype from, bool is_only) {
    if (piece.size() < kTellingLetters && !is_only)
        return QStringView(letters).mid(from).startsWith(piece) ? from : -1;
    const qsizetype behind = letters.indexOf(piece, from);
    return behind >= 0 ? behind : letters.indexOf(piece);
}

std::vector<TextRange> joined(std::vector<TextRange> ranges) {
    std::sort(ranges.begin(), ranges.end(),
              [](const TextRange& a, const TextRange& b) { return a.begin < b.begin; });
    std::vector<TextRange> out;
    for (const TextRange& range : ranges) {
        const int end = range.begin + range.length;
        if (out.empty() || range.begin > out.back().begin + out.back().length + kGapCharacters)
            out.push_back(range);
        else
            out.back().length = std::max(out.back().length, end - out.back().begin);
    }
    return out;
}

}  // namespace

std::vector<TextRange> find_passage(const QString& text, const QString& passage) {
    const Letters held(text);
    std::vector<TextRange> ranges;
    qsizetype from = 0;
    const QStringList pieces = pieces_of(passage);
    for (const QString& piece : pieces) {
        const qsizetype at = place_of(piece, held.letters, from, pieces.size() == 1);
        if (at < 0) continue;
        from = at + piece.size();
        const int begin = held.places[static_cast<std::size_t>(at)];
        const int last = held.places[static_cast<std::size_t>(from - 1)];
        ranges.push_back({begin, last + 1 - begin});
    }
    return joined(std::move(ranges));
}

std::vector<TextRange> find_all(const QString& text, const QString& wanted, int limit) {
    std::vector<TextRange> ranges;
    if (wanted.isEmpty()) return ranges;
    const auto length = static_cast<int>(wanted.size());
    qsizetype at = text.indexOf(wanted, 0, Qt::CaseInsensitive);
    while (at >= 0 && static_cast<int>(ranges.size()) < limit) {
        ranges.push_back({static_cast<int>(at), length});
        at = text.indexOf(wanted, at + length, Qt::CaseInsensitive);
    }
    return ranges;
}

}  // namespace lectern
