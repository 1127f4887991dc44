// One window a person and home: a second start hands its documents to the first and ends.
#pragma once

#include <QList>
#include <QLocalServer>
#include <QObject>
#include <QString>
#include <QUrl>
#include <filesystem>
#include <memory>

#include "engine/base/file_system.h"
#include "engine/base/result.h"

namespace lectern {

/// Belongs to the window's thread. The first one holds a lock that the system gives back however
/// its process ends, so that the socket of a killed one is taken over.
class SingleInstance : public QObject {
    Q_OBJECT

  public:
    /// configuration: the folder that says which home it is.
    explicit SingleInstance(std::filesystem::path configuration, QObject* parent = nullptr);

    /// Whether this is the first one, which is heard from then on. Where neither lock nor socket
    /// can be made it counts as the first one: better two windows than none.
    bool begin();
    /// Hands the documents to the first one, which shows its window. Waits a few seconds; kBusy: it
    /// does not answer.
    Status hand_over(const QList<QUrl>& urls) const;
    /// Those that came before anybody listened to opened().
    QList<QUrl> take_waiting();

  signals:
    /// Another start: shows the window, and adds the documents (which may be none).
    void opened(const QList<QUrl>& urls);

  private:
    void take_connection();
    QString socket_name() const;

    const std::filesystem::path m_configuration;
    std::unique_ptr<FileLock> m_lock;
    QLocalServer m_server;
    QList<QUrl> m_waiting;
};

}  // namespace lectern
