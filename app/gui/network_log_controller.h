// The log of network accesses as a list of lines.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQmlIntegration>

#include "app/core/network_log.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread; reads the file on a worker.
class NetworkLogController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QVariantList accesses READ accesses NOTIFY changed)

  public:
    explicit NetworkLogController(QObject* parent = nullptr);

    bool loaded() const { return m_loaded; }
    /// One map each, the newest first: time, what (method, host, path), outcome (with the bytes).
    QVariantList accesses() const { return m_accesses; }
    Q_INVOKABLE void refresh();

  signals:
    void changed();

  private:
    NetworkLog m_log;
    bool m_loaded = false;
    QVariantList m_accesses;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
