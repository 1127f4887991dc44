// A block of an answer laid out in a text item: markers as chips, links, code on a ground of its
// own.
#pragma once

#include <QColor>
#include <QObject>
#include <QQuickTextDocument>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

namespace lectern {

/// Belongs to the window's thread. Fills the text item's document whenever the HTML changes. The
/// HTML is markdown_html.h's: links lead to "source:n" (markers), to the web or to a mail address.
class AnswerDocument : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document READ document WRITE setDocument NOTIFY styleChanged)
    Q_PROPERTY(QString html READ html WRITE setHtml NOTIFY htmlChanged)
    Q_PROPERTY(bool code MEMBER m_code NOTIFY styleChanged)
    Q_PROPERTY(QColor linkColor MEMBER m_link_color NOTIFY styleChanged)
    Q_PROPERTY(QColor chipColor MEMBER m_chip_color NOTIFY styleChanged)
    Q_PROPERTY(QColor lineColor MEMBER m_line_color NOTIFY styleChanged)
    Q_PROPERTY(QColor currentColor MEMBER m_current_color NOTIFY styleChanged)
    Q_PROPERTY(QColor currentChipColor MEMBER m_current_chip_color NOTIFY styleChanged)
    Q_PROPERTY(int linkCount READ linkCount NOTIFY htmlChanged)
    Q_PROPERTY(int currentLink MEMBER m_current_link NOTIFY styleChanged)

  public:
    explicit AnswerDocument(QObject* parent = nullptr);

    QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);
    QString html() const { return m_html; }
    void setHtml(const QString& html);
    int linkCount() const { return static_cast<int>(m_links.size()); }

    /// Where link 1…linkCount leads; empty for any other.
    Q_INVOKABLE QString hrefOf(int link) const;
    /// Where the link stands in the document; −1 for none.
    Q_INVOKABLE int positionOf(int link) const;

  signals:
    void styleChanged();
    void htmlChanged();

  private:
    struct Link {
        QString href;
        int position = 0, length = 0;  ///< characters of the document
    };

    void fill();
    void find_links();
    void style();
    void style_blocks();
    void style_code();
    void style_tables();
    void style_links();

    QQuickTextDocument* m_document = nullptr;
    QString m_html;
    bool m_code = false;  ///< the whole of it
    QColor m_link_color, m_chip_color, m_line_color, m_current_color, m_current_chip_color;
    int m_current_link = 0;  ///< the one with the keyboard's focus, from 1; 0: none
    std::vector<Link> m_links;
};

}  // namespace lectern
