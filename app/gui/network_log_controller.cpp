#include "app/gui/network_log_controller.h"

#include <QDateTime>
#include <QLocale>
#include <QVariantMap>
#include <utility>
#include <vector>

#include "app/core/paths.h"
#include "app/gui/model_texts.h"

namespace lectern {
namespace {

QVariantMap line_of(const NetworkAccess& access) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(access.time_ms);
    QString what = QString::fromStdString(access.method + " " + access.host + access.path);
    if (!access.via.empty())
        what += NetworkLogController::tr(" by way of %1").arg(QString::fromStdString(access.via));
    QString outcome = QString::fromStdString(access.outcome);
    if (access.n_bytes > 0)
        outcome = NetworkLogController::tr("%1 · %2").arg(outcome, size_text(access.n_bytes));
    return {{QStringLiteral("time"), QLocale().toString(time, QLocale::ShortFormat)},
            {QStringLiteral("what"), what},
            {QStringLiteral("outcome"), outcome}};
}

}  // namespace

NetworkLogController::NetworkLogController(QObject* parent)
    : QObject(parent), m_log(network_log_file()) {
    refresh();
}

void NetworkLogController::refresh() {
    m_worker.post([this](std::stop_token) {
        post_to(this, [this, accesses = m_log.read()] {
            m_accesses.clear();
            for (const NetworkAccess& access : accesses) m_accesses << line_of(access);
            m_loaded = true;
            emit changed();
        });
    });
}

}  // namespace lectern
