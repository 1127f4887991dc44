// Grounds behind parts of a text item's text: the passage, what a search found.
#pragma once

#include <QColor>
#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QVariantList>
#include <QtQmlIntegration>

namespace lectern {

/// Belongs to the window's thread. Changes nothing of the document but how it looks. Ranges are
/// lists of begin and length in characters of the whole text.
class TextMarks : public QSyntaxHighlighter {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* target READ target WRITE setTarget NOTIFY marksChanged)
    Q_PROPERTY(QVariantList marks MEMBER m_marks NOTIFY marksChanged)
    Q_PROPERTY(QVariantList matches MEMBER m_matches NOTIFY marksChanged)
    Q_PROPERTY(int currentMatch MEMBER m_current_match NOTIFY marksChanged)
    Q_PROPERTY(QColor markColor MEMBER m_mark_color NOTIFY marksChanged)
    Q_PROPERTY(QColor matchColor MEMBER m_match_color NOTIFY marksChanged)
    Q_PROPERTY(QColor currentColor MEMBER m_current_color NOTIFY marksChanged)
    Q_PROPERTY(QColor currentTextColor MEMBER m_current_text_color NOTIFY marksChanged)

  public:
    explicit TextMarks(QObject* parent = nullptr);

    QQuickTextDocument* target() const { return m_target; }
    void setTarget(QQuickTextDocument* target);

    /// Air between the lines of the text as it stands: a line's height in percent of its font's.
    Q_INVOKABLE void spaceLines(int percent);

  signals:
    void marksChanged();

  protected:
    void highlightBlock(const QString& text) override;

  private:
    void mark(const QVariantList& ranges, const QColor& ground);

    QPointer<QQuickTextDocument> m_target;
    QVariantList m_marks, m_matches;
    int m_current_match = -1;  ///< where it begins; −1: none
    QColor m_mark_color, m_match_color, m_current_color, m_current_text_color;
};

}  // namespace lectern
