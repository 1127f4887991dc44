// An open PDF through QtPdf: sizes, drawings, text and places of its pages.
#pragma once

#include <QImage>
#include <QPdfDocument>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <QString>
#include <memory>
#include <vector>

#include "app/gui/passage_place.h"
#include "engine/base/result.h"

namespace lectern {

/// Characters of a page's text; pages count from 0.
struct PdfPlace {
    int page = 0;
    TextRange range;
};

/// One thread: the one that opened it, until that one has ended.
class PdfFile {
  public:
    /// kUnsupported: it is protected; kCorrupt: it cannot be opened as a PDF.
    static Result<std::unique_ptr<PdfFile>> open(const QString& path);

    int n_pages() const { return m_document.pageCount(); }
    QSizeF size_of(int page) const { return m_document.pagePointSize(page); }  ///< in points
    QString text_of(int page) { return m_document.getAllText(page).text(); }
    /// Null where it cannot be drawn.
    QImage draw(int page, QSize pixels) { return m_document.render(page, pixels); }
    /// In points from the page's top left corner, one a line; none where the place is not there.
    std::vector<QRectF> rectangles(const PdfPlace& place);

  private:
    PdfFile() = default;

    QPdfDocument m_document;
};

}  // namespace lectern
