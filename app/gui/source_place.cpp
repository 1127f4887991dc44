#include "app/gui/source_place.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include "app/core/file_scan.h"

namespace lectern {
namespace {

constexpr qint64 kHeadBytes = 1024;  ///< junk may stand before "%PDF-"; viewers look so far

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SourcePlace)
};

tl::unexpected<Error> failed(ErrorCode code, const QString& what, const QString& way_out) {
    return fail(code, what.toStdString(), way_out.toStdString());
}

}  // namespace

QVariantList span_list(const std::vector<SourceSpan>& spans) {
    QVariantList numbers;
    for (const SourceSpan& span : spans)
        numbers << span.page << static_cast<qlonglong>(span.begin)
                << static_cast<qlonglong>(span.length);
    return numbers;
}

SourcePlace source_place(const QVariantMap& source) {
    SourcePlace place;
    place.number = source.value(QStringLiteral("number")).toInt();
    place.path = source.value(QStringLiteral("path")).toString();
    place.title = source.value(QStringLiteral("title")).toString();
    place.passage = source.value(QStringLiteral("text")).toString();
    place.page = source.value(QStringLiteral("pageNumber")).toInt();
    const QString page = source.value(QStringLiteral("page")).toString();
    place.detail = page.isEmpty() ? source.value(QStringLiteral("headingPath")).toString() : page;
    const QVariantList numbers = source.value(QStringLiteral("spans")).toList();
    for (int i = 0; i + 2 < numbers.size(); i += 3)
        place.spans.push_back(
            {numbers[i].toInt(), numbers[i + 1].toLongLong(), numbers[i + 2].toLongLong()});
    place.stamp = {source.value(QStringLiteral("sizeBytes")).toLongLong(),
                   source.value(QStringLiteral("modified")).toLongLong()};
    return place;
}

Result<FileLook> look_at(const SourcePlace& place) {
    const QString name = QFileInfo(place.path).fileName();
    if (!QFileInfo(place.path).isFile())
        return failed(
            ErrorCode::kNotFound,
            Texts::tr("%1 is no longer there: it was moved, renamed or deleted.").arg(name),
            Texts::tr("Bring the documents up to date to find it where it is now."));
    QFile file(place.path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(ErrorCode::kIo, Texts::tr("%1 can no longer be read.").arg(name),
                      Texts::tr("Give yourself the right to read it, then try again."));
    FileLook look;
    if (file.read(kHeadBytes).contains("%PDF-")) look.form = FileForm::kPdf;
    const QByteArray bytes = place.path.toUtf8();
    const auto now = stamp_of(std::string(bytes.constData(), static_cast<size_t>(bytes.size())));
    look.changed = place.stamp != FileStamp{} && now && *now != place.stamp;
    return look;
}

}  // namespace lectern
