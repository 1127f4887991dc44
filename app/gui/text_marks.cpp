#include "app/gui/text_marks.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

namespace lectern {

TextMarks::TextMarks(QObject* parent) : QSyntaxHighlighter(parent) {
    connect(this, &TextMarks::marksChanged, this, &QSyntaxHighlighter::rehighlight);
}

void TextMarks::setTarget(QQuickTextDocument* target) {
    if (m_target == target) return;
    m_target = target;
    setDocument(target == nullptr ? nullptr : target->textDocument());
    emit marksChanged();
}

void TextMarks::spaceLines(int percent) {
    if (document() == nullptr) return;
    document()->setUndoRedoEnabled(false);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    QTextBlockFormat spaced;
    spaced.setLineHeight(percent, QTextBlockFormat::ProportionalHeight);
    cursor.mergeBlockFormat(spaced);
}

void TextMarks::highlightBlock(const QString&) {
    mark(m_marks, m_mark_color);
    mark(m_matches, m_match_color);
}

void TextMarks::mark(const QVariantList& ranges, const QColor& ground) {
    const int first = currentBlock().position();
    const int last = first + currentBlock().length() - 1;
    for (const QVariant& range : ranges) {
        const QVariantList numbers = range.toList();
        if (numbers.size() != 2) continue;
        const int begin = numbers[0].toInt();
        const int from = std::max(begin, first);
        const int to = std::min(begin + numbers[1].toInt(), last);
        if (to <= from) continue;
        QTextCharFormat format;
        const bool is_current = &ranges == &m_matches && begin == m_current_match;
        format.setBackground(is_current ? m_current_color : ground);
        if (is_current) format.setForeground(m_current_text_color);
        setFormat(from - first, to - from, format);
    }
}

}  // namespace lectern
