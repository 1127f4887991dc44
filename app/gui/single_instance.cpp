#include "app/gui/single_instance.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QMetaMethod>
#include <QStandardPaths>
#include <QThread>
#include <utility>

#include "engine/base/hash.h"

namespace lectern {
namespace {

constexpr int kPatienceMs = 5000;  ///< the first one may still be starting
constexpr qint64 kMostBytes = 1 << 20;
constexpr char kTaken[] = "taken\n";

QByteArray message_of(const QList<QUrl>& urls) {
    QJsonArray array;
    for (const QUrl& url : urls) array.append(QString::fromUtf8(url.toEncoded()));
    return QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n';
}

QList<QUrl> urls_of(const QByteArray& message) {
    QList<QUrl> urls;
    for (const QJsonValue& url : QJsonDocument::fromJson(message).array())
        urls << QUrl::fromEncoded(url.toString().toUtf8());
    return urls;
}

}  // namespace

SingleInstance::SingleInstance(std::filesystem::path configuration, QObject* parent)
    : QObject(parent), m_configuration(std::move(configuration)) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::take_connection);
}

/// In the folder of this login, which only this person can read; else in the one for short-lived
/// files, under the person's number.
QString SingleInstance::socket_name() const {
    const QString home =
        QString::fromStdString(hash128(m_configuration.lexically_normal().string()).hex());
    const QString name = QStringLiteral("lectern-%1-%2").arg(getuid()).arg(home.left(16));
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return QDir(runtime.isEmpty() ? QDir::tempPath() : runtime).filePath(name);
}

bool SingleInstance::begin() {
    FileSystem& files = posix_file_system();
    const Status made = files.create_folder(m_configuration);
    Result<std::unique_ptr<FileLock>> lock =
        made ? files.lock(m_configuration / "instance.lock", std::chrono::milliseconds(0))
             : tl::unexpected(made.error());
    if (!lock && lock.error().code == ErrorCode::kBusy) return false;
    if (!lock) {
        spdlog::warn("Another start will open another window: {}", lock.error().text());
        return true;
    }
    m_lock = std::move(*lock);
    QLocalServer::removeServer(socket_name());  // of one that was killed
    if (!m_server.listen(socket_name()))
        spdlog::warn("Another start will not find this window: {}",
                     m_server.errorString().toStdString());
    return true;
}

Status SingleInstance::hand_over(const QList<QUrl>& urls) const {
    for (const QDeadlineTimer deadline(kPatienceMs); !deadline.hasExpired(); QThread::msleep(50)) {
        QLocalSocket socket;
        socket.connectToServer(socket_name());
        if (!socket.waitForConnected(1000)) continue;
        socket.write(message_of(urls));
        QByteArray answer;
        while (!answer.endsWith('\n') &&
               socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            answer += socket.readAll();
        if (answer == kTaken) return {};
    }
    return fail(ErrorCode::kBusy, "Lectern is running already, but does not answer.",
                "Close its window, or end it, and start again.");
}

QList<QUrl> SingleInstance::take_waiting() { return std::exchange(m_waiting, {}); }

void SingleInstance::take_connection() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        const auto take = [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > kMostBytes) socket->abort();
                return;
            }
            const QList<QUrl> urls = urls_of(socket->readLine());
            socket->write(kTaken);
            socket->disconnectFromServer();
            if (isSignalConnected(QMetaMethod::fromSignal(&SingleInstance::opened)))
                emit opened(urls);
            else
                m_waiting << urls;
        };
        connect(socket, &QLocalSocket::readyRead, this, take);
        take();  // what came before that
    }
}

}  // namespace lectern
