#include "app/gui/answer_document.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

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

template <class Visit>
void for_each_fragment(QTextDocument* document, Visit visit) {
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) visit(it.fragment());
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

void AnswerDocument::setHtml(const QString& html) {
    if (m_html == html) return;
    m_html = html;
    fill();
    emit htmlChanged();
}

QString AnswerDocument::hrefOf(int link) const {
    if (link < 1 || link > linkCount()) return {};
    return m_links[static_cast<std::size_t>(link - 1)].href;
}

int AnswerDocument::positionOf(int link) const {
    if (link < 1 || link > linkCount()) return -1;
    return m_links[static_cast<std::size_t>(link - 1)].position;
}

void AnswerDocument::fill() {
    if (m_document == nullptr) return;
    QTextDocument* document = m_document->textDocument();
    document->setUndoRedoEnabled(false);
    document->setHtml(m_html);
    find_links();
    style();
}

/// A link may be in several fragments, by its looks: it counts once.
void AnswerDocument::find_links() {
    m_links.clear();
    for_each_fragment(m_document->textDocument(), [&](const QTextFragment& fragment) {
        if (!fragment.charFormat().isAnchor()) return;
        const QString href = fragment.charFormat().anchorHref();
        const bool goes_on = !m_links.empty() && m_links.back().href == href &&
                             m_links.back().position + m_links.back().length == fragment.position();
        if (goes_on)
            m_links.back().length += fragment.length();
        else
            m_links.push_back({href, fragment.position(), fragment.length()});
    });
}

void AnswerDocument::style() {
    if (m_document == nullptr) return;
    style_blocks();
    style_code();
    style_tables();
    style_links();
}

/// Air between the lines.
void AnswerDocument::style_blocks() {
    QTextDocument* document = m_document->textDocument();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat spaced;
        spaced.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
        QTextCursor(block).mergeBlockFormat(spaced);
    }
}

void AnswerDocument::style_code() {
    QTextDocument* document = m_document->textDocument();
    std::vector<QTextCursor> pieces;
    for_each_fragment(document, [&](const QTextFragment& fragment) {
        if (fragment.charFormat().hasProperty(QTextFormat::FontFamilies))  // <code> alone sets one
            pieces.push_back(selected(document, fragment.position(), fragment.length()));
    });
    QTextCharFormat format;
    format.setFontFamilies({QStringLiteral("monospace")});
    if (!m_code) format.setBackground(m_chip_color);
    for (QTextCursor& piece : pieces) piece.mergeCharFormat(format);
}

/// Hairlines.
void AnswerDocument::style_tables() {
    for (QTextFrame* frame : m_document->textDocument()->rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr) continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderBrush(m_line_color);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        table->setFormat(format);
    }
}

void AnswerDocument::style_links() {
    QTextDocument* document = m_document->textDocument();
    for (int i = 0; i < linkCount(); ++i) {
        const Link& link = m_links[static_cast<std::size_t>(i)];
        const bool current = i + 1 == m_current_link;
        const bool marker = link.href.startsWith(kSourceScheme);
        QTextCharFormat look;
        look.setForeground(current ? m_current_color : m_link_color);
        if (current)
            look.setBackground(m_current_chip_color);
        else if (marker)
            look.setBackground(m_chip_color);
        else
            look.setBackground(Qt::transparent);
        look.setFontUnderline(!marker);
        selected(document, link.position, link.length).mergeCharFormat(look);
    }
}

}  // namespace lectern
