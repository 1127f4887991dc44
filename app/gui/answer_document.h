// An answer's Markdown laid out in a text item: markers as chips, code on a ground of its own.
#pragma once

#include <QColor>
#include <QObject>
#include <QQuickTextDocument>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

namespace lectern {

/// Belongs to the window's thread. Fills the text item's document whenever the Markdown changes.
/// HTML in an answer stays text, and only links to "source:n" stay links.
class AnswerDocument : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document READ document WRITE setDocument NOTIFY styleChanged)
    Q_PROPERTY(QString markdown READ markdown WRITE setMarkdown NOTIFY markdownChanged)
    Q_PROPERTY(QColor linkColor MEMBER m_link_color NOTIFY styleChanged)
    Q_PROPERTY(QColor chipColor MEMBER m_chip_color NOTIFY styleChanged)
    Q_PROPERTY(QColor currentColor MEMBER m_current_color NOTIFY styleChanged)
    Q_PROPERTY(QColor currentChipColor MEMBER m_current_chip_color NOTIFY styleChanged)
    Q_PROPERTY(int markerCount READ markerCount NOTIFY markdownChanged)
    Q_PROPERTY(int currentMarker MEMBER m_current_marker NOTIFY styleChanged)

  public:
    explicit AnswerDocument(QObject* parent = nullptr);

    QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);
    QString markdown() const { return m_markdown; }
    void setMarkdown(const QString& markdown);
    int markerCount() const { return static_cast<int>(m_markers.size()); }

    /// The source that marker 1…markerCount points to; 0 for any other.
    Q_INVOKABLE int sourceOf(int marker) const;
    /// Where the marker stands in the document; −1 for none.
    Q_INVOKABLE int positionOf(int marker) const;

  signals:
    void styleChanged();
    void markdownChanged();

  private:
    struct Marker {
        int source = 0;
        int position = 0, length = 0;  ///< characters of the document
    };

    void fill();
    void find_links();
    void style();
    void style_blocks();
    void style_markers();

    QQuickTextDocument* m_document = nullptr;
    QString m_markdown;
    QColor m_link_color, m_chip_color, m_current_color, m_current_chip_color;
    int m_current_marker = 0;  ///< the one with the keyboard's focus, from 1; 0: none
    std::vector<Marker> m_markers;
};

}  // namespace lectern
