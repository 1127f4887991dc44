// A PDF's pages for the source pane: their sizes, the passage's lines on them, what a search found.
#pragma once

#include <QAbstractListModel>
#include <QImage>
#include <QPointer>
#include <QRectF>
#include <QtQmlIntegration>
#include <functional>
#include <memory>
#include <vector>

#include "app/gui/job_thread.h"
#include "app/gui/pdf_file.h"
#include "app/gui/source_place.h"

namespace lectern {

/// Belongs to the window's thread; the file is opened, searched and drawn on a thread of its own.
/// Rectangles are in points from the page's top left corner.
class PdfPages : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The source reader has it.")

  public:
    enum Role {
        PageSizeRole = Qt::UserRole + 1,
        MarksRole,         ///< the passage's lines
        MatchesRole,       ///< places of what is searched for, once they were looked up
        CurrentMatchRole,  ///< the rectangle of the match one stands at; else empty
    };

    explicit PdfPages(QObject* parent = nullptr) : QAbstractListModel(parent) {}
    ~PdfPages() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Opens another file in place of the one before: ends with opened() or failed(). `changed`:
    /// places count for nothing, the passage is looked for by its words.
    void open(const SourcePlace& place, bool changed);
    void close();

    /// Ends with searched().
    void search(const QString& wanted);
    int n_matches() const { return static_cast<int>(m_matches.size()); }
    /// Stands at a match: ends with matchPlaced(). Pre: 0 ≤ match < n_matches(), or −1: at none.
    void stand_at(int match);
    /// The first match on this page or behind it; 0 where there is none, −1 without any.
    int match_from(int page) const;

    /// The page drawn in this size, given to `take` on the window's thread unless the receiver is
    /// gone, another file was opened or the source was stopped by then.
    std::stop_source draw(int page, QSize pixels, QObject* receiver,
                          const std::function<void(const QImage&)>& take);
    /// Looks up where the matches of a page are, once for each search.
    Q_INVOKABLE void wantMatches(int page);

  signals:
    /// Where the passage begins, in the page's points; page −1: it is not in the document.
    void opened(int page, double top);
    void failed(const QString& problem);
    void searched();
    void matchPlaced(int page, double top);

  private:
    struct Page {
        QSizeF size;
        QVariantList marks, matches;
        bool matches_wanted = false;
    };
    struct Opened;

    void take_opened(Opened opened);
    void take_matches(int page, const std::vector<QRectF>& rectangles);
    void clear_matches();
    std::vector<PdfPlace> matches_on(int page) const;

    std::vector<Page> m_pages;
    std::vector<PdfPlace> m_matches;
    int m_current_page = -1;
    QRectF m_current_match;
    int m_file_number = 0;    ///< results of earlier files are dropped
    int m_search_number = 0;  ///< results of earlier searches are dropped
    std::stop_source m_opening{std::nostopstate}, m_searching{std::nostopstate};
    std::unique_ptr<PdfFile> m_file;  ///< the worker's
    JobThread m_worker;               ///< last: it uses what is above
};

}  // namespace lectern
