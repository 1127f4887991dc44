#include "app/gui/pdf_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPdfSelection>
#include <algorithm>

namespace lectern {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PdfFile)
};

/// Whether two boxes stand on one line: each is half as high as what they share, at least.
bool on_one_line(const QRectF& a, const QRectF& b) {
    const qreal shared = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
    return shared > 0.5 * std::min(a.height(), b.height());
}

}  // namespace

Result<std::unique_ptr<PdfFile>> PdfFile::open(const QString& path) {
    std::unique_ptr<PdfFile> file(new PdfFile());
    const QString name = QFileInfo(path).fileName();
    const QPdfDocument::Error error = file->m_document.load(path);
    if (error == QPdfDocument::Error::IncorrectPassword ||
        error == QPdfDocument::Error::UnsupportedSecurityScheme)
        return fail(ErrorCode::kUnsupported,
                    Texts::tr("%1 is now encrypted.").arg(name).toStdString(),
                    Texts::tr("Open it in its own application, which asks for the password.")
                        .toStdString());
    if (error != QPdfDocument::Error::None || file->n_pages() < 1)
        return fail(
            ErrorCode::kCorrupt,
            Texts::tr("%1 can no longer be opened as a PDF.").arg(name).toStdString(),
            Texts::tr("Try it in its own application, and save it again there.").toStdString());
    return file;
}

std::vector<QRectF> PdfFile::rectangles(const PdfPlace& place) {
    std::vector<QRectF> lines;
    if (place.page < 0 || place.page >= n_pages()) return lines;
    const QPdfSelection selection =
        m_document.getSelectionAtIndex(place.page, place.range.begin, place.range.length);
    for (const QPolygonF& polygon : selection.bounds()) {
        const QRectF box = polygon.boundingRect();
        if (box.isEmpty()) continue;
        if (!lines.empty() && on_one_line(lines.back(), box))
            lines.back() = lines.back().united(box);
        else
            lines.push_back(box);
    }
    return lines;
}

}  // namespace lectern
