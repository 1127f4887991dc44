#include "app/gui/amounts.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace lectern {
namespace {

QString say(const char* text) { return QCoreApplication::translate("Amounts", text); }

QString counted(std::int64_t n, const char* one, const char* many) {
    if (n == 1) return say(one);
    return say(many).arg(QLocale().toString(static_cast<qlonglong>(n)));
}

}  // namespace

QString documents_text(std::int64_t documents) {
    return counted(documents, QT_TRANSLATE_NOOP("Amounts", "1 document"),
                   QT_TRANSLATE_NOOP("Amounts", "%1 documents"));
}

QString amounts_text(std::int64_t documents, std::int64_t passages) {
    return documents_text(documents) + QStringLiteral(" · ") +
           counted(passages, QT_TRANSLATE_NOOP("Amounts", "1 passage"),
                   QT_TRANSLATE_NOOP("Amounts", "%1 passages"));
}

QString bytes_text(std::int64_t bytes) { return bytes_text(bytes, bytes < 10'000'000 ? 1 : 0); }

QString bytes_text(std::int64_t bytes, int decimals) {
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString about_time_text(double seconds) {
    if (seconds < 90)
        return say(QT_TRANSLATE_NOOP("Amounts", "about %1 s")).arg(std::ceil(seconds));
    if (seconds < 90 * 60)
        return say(QT_TRANSLATE_NOOP("Amounts", "about %1 min")).arg(std::ceil(seconds / 60));
    return say(QT_TRANSLATE_NOOP("Amounts", "about %1 h")).arg(std::ceil(seconds / 3600));
}

std::filesystem::path to_path(const QString& path) {
    const QByteArray bytes = path.toUtf8();
    return std::filesystem::path(std::string(bytes.constData(), static_cast<size_t>(bytes.size())));
}

}  // namespace lectern
