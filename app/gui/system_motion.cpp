#include "app/gui/system_motion.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace lectern {
namespace {

constexpr int kTimeoutMs = 3000;

QString service() { return QStringLiteral("org.freedesktop.portal.Desktop"); }
QString place() { return QStringLiteral("/org/freedesktop/portal/desktop"); }
QString interface() { return QStringLiteral("org.freedesktop.portal.Settings"); }

/// Read() wraps its answer once more.
QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

}  // namespace

std::optional<bool> asks_for_stillness(const QString& group, const QString& key,
                                       const QVariant& value) {
    const QVariant plain = unwrapped(value);
    if (group == QLatin1String("org.gnome.desktop.interface") &&
        key == QLatin1String("enable-animations"))
        return !plain.toBool();
    if (group == QLatin1String("org.kde.kdeglobals.KDE") &&
        key == QLatin1String("AnimationDurationFactor")) {
        bool is_number = false;
        const double factor = plain.toDouble(&is_number);
        if (is_number) return factor == 0;
    }
    return std::nullopt;
}

SystemMotion::SystemMotion(QObject* parent) : QObject(parent) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(service(), place(), interface(), QStringLiteral("SettingChanged"), this,
                SLOT(take(QString, QString, QDBusVariant)));
    ask(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations"));
    ask(QStringLiteral("org.kde.kdeglobals.KDE"), QStringLiteral("AnimationDurationFactor"));
}

void SystemMotion::ask(const QString& group, const QString& key) {
    QDBusMessage call =
        QDBusMessage::createMethodCall(service(), place(), interface(), QStringLiteral("Read"));
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(call, kTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) take(group, key, reply.value());  // else this desktop has no such key
        watcher->deleteLater();
    });
}

void SystemMotion::take(const QString& group, const QString& key, const QDBusVariant& value) {
    const std::optional<bool> unwanted = asks_for_stillness(group, key, value.variant());
    if (!unwanted || *unwanted == m_unwanted) return;
    m_unwanted = *unwanted;
    emit changed();
}

}  // namespace lectern
