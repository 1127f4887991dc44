#include "app/gui/model_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <cmath>

namespace lectern {
namespace {

QString say(const char* text) { return QCoreApplication::translate("models", text); }

QString rate_text(double tokens_per_s) {
    return QLocale().toString(tokens_per_s, 'f', tokens_per_s < 10 ? 1 : 0);
}

QString rates(const ModelSpeed& speed, const char* text) {
    return say(text).arg(rate_text(speed.read_tokens_per_s), rate_text(speed.write_tokens_per_s));
}

QString licence_text(const CatalogueModel& model) {
    return model.licence.empty() ? say(QT_TRANSLATE_NOOP("models", "licence not stated"))
                                 : QString::fromStdString(model.licence);
}

}  // namespace

QString size_text(std::int64_t n_bytes) {
    const QLocale locale;
    const auto bytes = static_cast<double>(n_bytes);
    if (bytes >= 1e9)
        return say(QT_TRANSLATE_NOOP("models", "%1 GB")).arg(locale.toString(bytes / 1e9, 'f', 1));
    if (bytes >= 1e6 || n_bytes == 0)
        return say(QT_TRANSLATE_NOOP("models", "%1 MB")).arg(locale.toString(bytes / 1e6, 'f', 0));
    return say(QT_TRANSLATE_NOOP("models", "%1 kB"))
        .arg(locale.toString(std::max(1.0, bytes / 1e3), 'f', 0));
}

QString time_text(double seconds) {
    if (seconds < 90)
        return say(QT_TRANSLATE_NOOP("models", "%1 s")).arg(static_cast<int>(seconds) + 1);
    if (seconds < 5400)
        return say(QT_TRANSLATE_NOOP("models", "%1 min")).arg(std::lround(seconds / 60));
    return say(QT_TRANSLATE_NOOP("models", "%1 h")).arg(std::lround(seconds / 3600));
}

QString figures_text(const ShelfModel& shelf) {
    QStringList parts{
        size_text(shelf.model.n_bytes),
        say(QT_TRANSLATE_NOOP("models", "%1 of memory")).arg(size_text(shelf.model.memory_bytes))};
    if (shelf.kv_bytes_per_1000 > 0)
        parts << say(QT_TRANSLATE_NOOP("models", "%1 of disk for 1,000 passages"))
                     .arg(size_text(shelf.kv_bytes_per_1000));
    parts << licence_text(shelf.model);
    return parts.join(QStringLiteral(" · "));
}

QString speed_text(const ShelfModel& shelf) {
    if (shelf.model.role != ModelRole::kAnswering) return {};
    if (shelf.speed)
        return rates(
            *shelf.speed,
            QT_TRANSLATE_NOOP("models", "reads %1, writes %2 tokens a second, measured here"));
    if (shelf.estimate)
        return rates(*shelf.estimate,
                     QT_TRANSLATE_NOOP("models",
                                       "not measured here; by another model's speed and its size, "
                                       "an estimate: reads %1, writes %2 tokens a second"));
    return say(QT_TRANSLATE_NOOP("models", "speed not measured here"));
}

QString progress_text(const DownloadProgress& progress) {
    if (progress.checking) return say(QT_TRANSLATE_NOOP("models", "checking what is here"));
    QString text = say(QT_TRANSLATE_NOOP("models", "%1 of %2"))
                       .arg(size_text(progress.bytes_done), size_text(progress.bytes_total));
    if (progress.bytes_per_s > 0)
        text += say(QT_TRANSLATE_NOOP("models", " · %1 a second"))
                    .arg(size_text(static_cast<std::int64_t>(progress.bytes_per_s)));
    if (progress.seconds_left >= 0)
        text +=
            say(QT_TRANSLATE_NOOP("models", " · %1 left")).arg(time_text(progress.seconds_left));
    return text;
}

QString offer_text(const ShelfModel& shelf) {
    return say(QT_TRANSLATE_NOOP("models", "The best model for this machine is %1: %2; %3."))
        .arg(QString::fromStdString(shelf.model.title), figures_text(shelf), speed_text(shelf));
}

}  // namespace lectern
