#include "app/gui/data_controller.h"

#include <QDesktopServices>
#include <utility>

#include "app/core/data_place.h"
#include "app/core/paths.h"
#include "app/gui/amounts.h"

namespace lectern {
namespace {

QString name_of(DataKind kind) {
    switch (kind) {
        case DataKind::kTexts:
            return DataController::tr("Texts of your documents");
        case DataKind::kVectors:
            return DataController::tr("Vectors");
        case DataKind::kKv:
            return DataController::tr("Prepared passages");
        case DataKind::kChats:
            return DataController::tr("Chats");
        case DataKind::kModels:
            return DataController::tr("Models");
        case DataKind::kOther:
            break;
    }
    return DataController::tr("Others");
}

QString size_text(std::int64_t n_bytes) { return bytes_text(n_bytes, 1); }

}  // namespace

DataController::DataController(DataFolders folders, QObject* parent)
    : QObject(parent), m_folders(std::move(folders)) {}

DataController::~DataController() { m_looking.request_stop(); }

QString DataController::folder() const { return QString::fromStdString(m_folders.data.string()); }

void DataController::refresh() {
    m_looking.request_stop();
    m_looking = m_worker.post([this](std::stop_token stop) {
        QVariantList parts;
        std::int64_t n_bytes = 0;
        for (const DataPart& part : measure_data(m_folders.data, models_folder(), stop)) {
            n_bytes += part.n_bytes;
            if (part.n_bytes > 0)
                parts.append(QVariantMap{{QStringLiteral("name"), name_of(part.kind)},
                                         {QStringLiteral("size"), size_text(part.n_bytes)}});
        }
        if (stop.stop_requested()) return;
        post_to(this, [this, parts, total = size_text(n_bytes)] {
            m_parts = parts;
            m_total = total;
            emit changed();
        });
    });
}

void DataController::openFolder() {
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder())))
        emit refused(tr("No file manager opened %1.").arg(folder()));
}

void DataController::planMove(const QUrl& folder) {
    m_worker.post([this, to = folder.toLocalFile().toStdString()](std::stop_token) {
        const Result<MovePlan> plan = plan_move(m_folders, to);
        post_to(this, [this, plan] {
            if (!plan) {
                emit refused(QString::fromStdString(plan.error().text()));
                return;
            }
            m_plan = *plan;
            emit movePlanned(tr("%1 will be copied to %2, compared, and then removed from %3. %4 "
                                "are free there. Lectern starts again for it.")
                                 .arg(size_text(plan->n_bytes),
                                      QString::fromStdString(plan->to.string()), this->folder(),
                                      size_text(plan->free_bytes)));
        });
    });
}

void DataController::move() {
    if (m_plan) request({.to = m_plan->to, .from = m_folders.data});
}

void DataController::deleteAll() { request({.to = {}, .from = m_folders.data}); }

void DataController::request(const DataWork& work) {
    m_worker.post([this, work](std::stop_token) {
        const Status requested = request_data_work(m_folders, work);
        post_to(this, [this, requested] {
            if (!requested) {
                emit refused(QString::fromStdString(requested.error().text()));
                return;
            }
            m_restart_wanted = true;
            emit restartWanted();
        });
    });
}

}  // namespace lectern
