#include "app/gui/watched_application.h"

#include <QEvent>
#include <QMetaEnum>
#include <QThread>
#include <chrono>
#include <cstdio>

namespace lectern {

WatchedApplication::~WatchedApplication() {
    std::fprintf(stderr, "lectern: longest event %.0f ms (%s)\n", m_longest_ms,
                 m_longest.toUtf8().constData());
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event) {
    if (m_depth > 0 || QThread::currentThread() != thread())
        return QGuiApplication::notify(receiver, event);
    // The receiver may be gone afterwards.
    const auto type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
    const char* receiver_class = receiver->metaObject()->className();
    const auto begin = std::chrono::steady_clock::now();
    ++m_depth;
    const bool handled = QGuiApplication::notify(receiver, event);
    --m_depth;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (took.count() > m_longest_ms) {
        m_longest_ms = took.count();
        m_longest =
            QStringLiteral("%1 for %2").arg(QLatin1String(type), QLatin1String(receiver_class));
    }
    return handled;
}

}  // namespace lectern
