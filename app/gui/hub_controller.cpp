#include "app/gui/hub_controller.h"

#include <QLocale>
#include <QStringList>
#include <QUrl>
#include <QVariantMap>
#include <utility>

#include "app/core/network.h"
#include "app/core/paths.h"
#include "app/gui/model_texts.h"

namespace lectern {

HubController::HubController(QObject* parent) : QObject(parent), m_log(network_log_file()) {}

HubController::~HubController() { m_stop.request_stop(); }

QString HubController::host() const {
    return QUrl(QString::fromStdString(catalogue_hub())).authority();
}

QVariantList HubController::repositories() const {
    QVariantList shown;
    for (const HubRepository& one : m_repositories) {
        QStringList detail;
        detail << (one.licence.empty() ? tr("licence not stated")
                                       : QString::fromStdString(one.licence));
        detail << tr("%1 downloads").arg(QLocale().toString(qlonglong{one.n_downloads}));
        if (one.needs_account) detail << tr("needs an account there");
        shown << QVariantMap{{QStringLiteral("id"), QString::fromStdString(one.id)},
                             {QStringLiteral("detail"), detail.join(QStringLiteral(" · "))},
                             {QStringLiteral("open"), !one.needs_account}};
    }
    return shown;
}

QVariantList HubController::files() const {
    QVariantList shown;
    for (const HubFile& one : m_files) {
        const bool fits = one.n_bytes < machine_memory_bytes();
        shown << QVariantMap{
            {QStringLiteral("name"), QString::fromStdString(one.name)},
            {QStringLiteral("fits"), fits},
            {QStringLiteral("detail"),
             fits ? size_text(one.n_bytes)
                  : tr("%1, more than this machine has memory").arg(size_text(one.n_bytes))}};
    }
    return shown;
}

template <class Ask, class Take>
void HubController::ask(Ask ask, Take take) {
    m_stop.request_stop();
    m_busy = true;
    m_problem.clear();
    const int asked = ++m_asked;
    m_stop = m_worker.post(
        [this, asked, ask, take, settings = m_models->settings()](std::stop_token stop) {
            HttpClient client(http_settings(settings), m_log);
            ModelHub hub(client, catalogue_hub());
            auto found = ask(hub, stop);
            post_to(this, [this, asked, take, found = std::move(found)]() mutable {
                if (asked != m_asked) return;
                m_busy = false;
                if (found)
                    take(std::move(*found));
                else
                    m_problem = QString::fromStdString(found.error().text());
                emit changed();
            });
        });
    emit changed();
}

void HubController::search(const QString& words) {
    if (words.trimmed().isEmpty()) return;
    m_repositories.clear();
    m_files.clear();
    m_repository.clear();
    ask([words = words.trimmed().toStdString()](
            ModelHub& hub, std::stop_token stop) { return hub.search(words, stop); },
        [this](std::vector<HubRepository> found) {
            m_repositories = std::move(found);
            if (m_repositories.empty())
                m_problem = tr("Nothing was found. Try fewer words, or the name of a model.");
        });
}

void HubController::openRepository(const QString& id) {
    m_files.clear();
    m_repository = id;
    ask([id = id.toStdString()](ModelHub& hub,
                                std::stop_token stop) { return hub.files(id, stop); },
        [this](std::vector<HubFile> found) {
            m_files = std::move(found);
            if (m_files.empty())
                m_problem =
                    tr("It has no GGUF file that is whole and has a checksum. Choose "
                       "another one.");
        });
}

void HubController::get(const QString& name) {
    HubRepository repository{.id = m_repository.toStdString(), .licence = ""};
    for (const HubRepository& one : m_repositories)
        if (one.id == repository.id) repository = one;
    for (const HubFile& file : m_files) {
        if (QString::fromStdString(file.name) != name) continue;
        if (const auto model = model_of_hub(catalogue_hub(), repository, file))
            m_models->download_model_of_hub(*model);
    }
}

}  // namespace lectern
