#include "retrieval/document/pdf_reader.h"

#include <QFile>
#include <QPdfBookmarkModel>
#include <QPdfDocument>
#include <QPdfSelection>
#include <algorithm>
#include <cstdint>
#include <utility>

#include "retrieval/document/file_bytes.h"
#include "retrieval/document/pdf_lines.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

/// An open PDF: the file must outlive the document that reads from it.
class OpenPdf {
  public:
    Status open(const std::filesystem::path& path);
    QPdfDocument& document() { return document_; }

  private:
    QFile file_;
    QPdfDocument document_;
};

Status OpenPdf::open(const std::filesystem::path& path) {
    LECTERN_TRY(regular_file_size(path, INT64_MAX));
    const std::string name = shown_name(path);
    file_.setFileName(QFile::decodeName(QByteArray::fromStdString(path.native())));
    if (!file_.open(QIODevice::ReadOnly))
        return fail(ErrorCode::kIo, name + " could not be opened.");
    document_.load(&file_);
    switch (document_.error()) {
        case QPdfDocument::Error::None:
            break;
        case QPdfDocument::Error::IncorrectPassword:
            return fail(ErrorCode::kUnsupported, name + " is protected by a password.",
                        "Save a copy without one to use it here.");
        case QPdfDocument::Error::UnsupportedSecurityScheme:
            return fail(ErrorCode::kUnsupported, name + " is encrypted in a way that is not known.",
                        "Save a copy without protection to use it here.");
        default:
            return fail(ErrorCode::kCorrupt, name + " is broken: it cannot be opened as a PDF.",
                        "Try to open it in a PDF viewer and save it again.");
    }
    if (document_.status() != QPdfDocument::Status::Ready)
        return fail(ErrorCode::kCorrupt, name + " is broken: it cannot be opened as a PDF.");
    if (document_.pageCount() <= 0) return fail(ErrorCode::kUnsupported, name + " has no pages.");
    return {};
}

PdfBox box_of(const QPolygonF& polygon) {
    const QRectF rectangle = polygon.boundingRect();
    return {rectangle.left(), rectangle.top(), rectangle.right(), rectangle.bottom()};
}

PdfPage read_page(QPdfDocument& document, int index) {
    const QPdfSelection selection = document.getAllText(index);
    PdfPage page;
    page.text = selection.text().toStdU16String();
    for (const QPolygonF& polygon : selection.bounds()) page.boxes.push_back(box_of(polygon));
    return page;
}

void collect_outline(const QPdfBookmarkModel& model, const QModelIndex& parent, int level,
                     std::vector<PdfOutlineEntry>& outline) {
    constexpr int kMaxLevel = 12;
    constexpr std::size_t kMaxEntries = 20000;
    for (int row = 0; row < model.rowCount(parent) && outline.size() < kMaxEntries; ++row) {
        const QModelIndex entry = model.index(row, 0, parent);
        outline.push_back(
            {entry.data(static_cast<int>(QPdfBookmarkModel::Role::Title)).toString().toStdString(),
             level, entry.data(static_cast<int>(QPdfBookmarkModel::Role::Page)).toInt() + 1});
        if (level < kMaxLevel) collect_outline(model, entry, level + 1, outline);
    }
}

std::vector<PdfOutlineEntry> read_outline(QPdfDocument& document) {
    QPdfBookmarkModel model;
    model.setDocument(&document);
    std::vector<PdfOutlineEntry> outline;
    collect_outline(model, {}, 1, outline);
    return outline;
}

/// The title in the metadata, unless it is what programs write there when nobody chose one.
std::string sensible_title(const QPdfDocument& document) {
    const QString title =
        document.metaData(QPdfDocument::MetaDataField::Title).toString().simplified();
    const QString lower = title.toLower();
    const bool useless = title.size() < 3 || title.size() > 300 || lower.startsWith("untitled") ||
                         lower.startsWith("microsoft word") || lower.endsWith(".doc") ||
                         lower.endsWith(".docx") || lower.endsWith(".tex") ||
                         lower.endsWith(".dvi") || lower.endsWith(".pdf") ||
                         lower.endsWith(".indd");
    return useless ? std::string() : to_nfc(valid_utf8(title.toStdString()));
}

/// "3 of 40 pages hold no text…", or empty.
std::string missing_text_note(const std::vector<PdfPage>& pages) {
    const auto n_empty = std::count_if(pages.begin(), pages.end(), [](const PdfPage& page) {
        return page.text.find_first_not_of(u" \r\n\t") == std::u16string::npos;
    });
    if (n_empty == 0) return {};
    return std::to_string(n_empty) + " of " + std::to_string(pages.size()) +
           (n_empty == 1 ? " pages holds no text: it is empty or scanned."
                         : " pages hold no text: they are empty or scanned.");
}

class PdfReader final : public DocumentReader {
  public:
    std::string_view format() const override { return "pdf"; }

    bool accepts(std::string_view extension, std::span<const std::byte> head) const override {
        if (head.empty()) return extension == "pdf";
        // Junk may stand in front; viewers accept it within the first KiB.
        const std::string_view bytes(reinterpret_cast<const char*>(head.data()), head.size());
        return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
    }

    Result<ParsedDocument> read(const std::filesystem::path& path) const override {
        OpenPdf pdf;
        LECTERN_TRY(pdf.open(path));
        QPdfDocument& source = pdf.document();
        std::vector<PdfPage> pages;
        for (int i = 0; i < source.pageCount(); ++i) pages.push_back(read_page(source, i));
        ParsedDocument document;
        document.format = "pdf";
        document.title = sensible_title(source);
        document.n_pages = source.pageCount();
        document.blocks = pdf_blocks(pages, read_outline(source));
        document.note = missing_text_note(pages);
        if (document.blocks.empty())
            return fail(ErrorCode::kUnsupported,
                        shown_name(path) + " holds no text: its pages are empty or scanned images.",
                        "Run text recognition (OCR) on it first.");
        return document;
    }
};

}  // namespace

std::unique_ptr<DocumentReader> make_pdf_reader() { return std::make_unique<PdfReader>(); }

Result<std::vector<PageRect>> pdf_rectangles(const std::filesystem::path& path,
                                             std::span<const SourceSpan> spans) {
    OpenPdf pdf;
    LECTERN_TRY(pdf.open(path));
    std::vector<PageRect> rectangles;
    for (const SourceSpan& span : spans) {
        if (span.page < 1 || span.page > pdf.document().pageCount() || span.begin < 0 ||
            span.length <= 0 || span.begin + span.length > INT32_MAX)
            return fail(
                ErrorCode::kInvalidArgument,
                shown_name(path) + " has no such place on page " + std::to_string(span.page) + ".",
                "The file may have changed since it was indexed.");
        const QPdfSelection selection = pdf.document().getSelectionAtIndex(
            span.page - 1, static_cast<int>(span.begin), static_cast<int>(span.length));
        std::vector<PdfBox> boxes;
        for (const QPolygonF& polygon : selection.bounds()) boxes.push_back(box_of(polygon));
        for (const PdfBox& line : line_boxes(boxes))
            rectangles.push_back(
                {span.page, line.left, line.top, line.right - line.left, line.bottom - line.top});
    }
    return rectangles;
}

}  // namespace lectern
