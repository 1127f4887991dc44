#include "app/gui/answer_document.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

namespace lectern {
namespace {

constexpr qreal kLineHeightPercent = 125;
const QLatin1String kSourceScheme("source:");

QTextCursor selected(QTextDocument* document, int position, int length) {
    QTextCursor cursor(document);
    cursor.setPosition(position);
    cursor.setPosition(position + length, QTextCursor::KeepAnchor);
    return cursor;
}

bool is_code(const QTextBlock& block) {
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
           block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

}  // namespace

AnswerDocument::AnswerDocument(QObject* parent) : QObject(parent) {
    connect(this, &AnswerDocument::styleChanged, this, &AnswerDocument::style);
}

void AnswerDocument::setDocument(QQuickTextDocument* document) {
    if (m_document == document) return;
    m_document = document;
    fill();
    emit styleChanged();
}

void AnswerDocument::setMarkdown(const QString& markdown) {
    if (m_markdown == markdown) return;
    m_markdown = markdown;
    fill();
    emit markdownChanged();
}

int AnswerDocument::sourceOf(int marker) const {
    if (marker < 1 || marker > markerCount()) return 0;
    return m_markers[static_cast<std::size_t>(marker - 1)].source;
}

int AnswerDocument::positionOf(int marker) const {
    if (marker < 1 || marker > markerCount()) return -1;
    return m_markers[static_cast<std::size_t>(marker - 1)].position;
}

void AnswerDocument::fill() {
    if (m_document == nullptr) return;
    QTextDocument* document = m_document->textDocument();
    document->setUndoRedoEnabled(false);
    document->setMarkdown(m_markdown,
                          QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                              QTextDocument::MarkdownNoHTML);
    find_links();
    style();
}

/// Remembers the markers; any other link becomes plain text.
void AnswerDocument::find_links() {
    m_markers.clear();
    QTextDocument* document = m_document->textDocument();
    std::vector<QTextCursor> others;
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().isAnchor()) continue;
            const QString href = fragment.charFormat().anchorHref();
            if (href.startsWith(kSourceScheme))
                m_markers.push_back({href.mid(kSourceScheme.size()).toInt(), fragment.position(),
                                     fragment.length()});
            else
                others.push_back(selected(document, fragment.position(), fragment.length()));
        }
    }
    for (QTextCursor& cursor : others) {
        QTextCharFormat plain = cursor.charFormat();
        plain.setAnchor(false);
        plain.clearProperty(QTextFormat::AnchorHref);
        plain.clearForeground();
        plain.setFontUnderline(false);
        cursor.setCharFormat(plain);
    }
}

void AnswerDocument::style() {
    if (m_document == nullptr) return;
    style_blocks();
    style_markers();
}

/// Air between the lines, headings not much larger than the text, code on the chips' ground.
void AnswerDocument::style_blocks() {
    QTextDocument* document = m_document->textDocument();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat spaced;
        spaced.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
        cursor.mergeBlockFormat(spaced);
        QTextCharFormat format;
        if (is_code(block)) {
            format.setBackground(m_chip_color);
            cursor.mergeBlockCharFormat(format);
        } else if (block.blockFormat().headingLevel() > 0) {
            format.setProperty(QTextFormat::FontSizeAdjustment, 1);
            cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(format);
        }
    }
}

void AnswerDocument::style_markers() {
    QTextDocument* document = m_document->textDocument();
    for (int i = 0; i < markerCount(); ++i) {
        const Marker& marker = m_markers[static_cast<std::size_t>(i)];
        const bool current = i + 1 == m_current_marker;
        QTextCharFormat chip;
        chip.setForeground(current ? m_current_color : m_link_color);
        chip.setBackground(current ? m_current_chip_color : m_chip_color);
        chip.setFontUnderline(false);
        selected(document, marker.position, marker.length).mergeCharFormat(chip);
    }
}

}  // namespace lectern
