// The window reaches no network: an answer's Markdown may name an image, which Qt would fetch.
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QQmlNetworkAccessManagerFactory>

namespace lectern {

/// Refuses every request.
class OfflineNetwork : public QNetworkAccessManager {
  public:
    using QNetworkAccessManager::QNetworkAccessManager;

  protected:
    QNetworkReply* createRequest(Operation, const QNetworkRequest&, QIODevice*) override {
        // A scheme nobody serves: the reply fails at once, without touching the network.
        return QNetworkAccessManager::createRequest(
            GetOperation, QNetworkRequest(QUrl(QStringLiteral("refused:offline"))), nullptr);
    }
};

class OfflineNetworkFactory : public QQmlNetworkAccessManagerFactory {
  public:
    QNetworkAccessManager* create(QObject* parent) override { return new OfflineNetwork(parent); }
};

}  // namespace lectern
