// Downloads of models in the window: one at a time, paused, taken up again, given up.
#include <utility>

#include "app/core/network.h"
#include "app/gui/model_texts.h"
#include "app/gui/models_controller.h"

namespace lectern {

void ModelsController::download(const QString& name) {
    if (const auto of_hub = m_of_hub.constFind(name); of_hub != m_of_hub.constEnd())
        return start_download(*of_hub);
    const ShelfModel* shelf = m_list.find(name);
    if (shelf == nullptr) return;
    const ShelfModel* embedder = m_list.missing_embedder();
    if (embedder != nullptr && shelf->model.role == ModelRole::kAnswering)
        start_download(embedder->model);
    start_download(shelf->model);
}

QString ModelsController::alsoNeeded() const {
    const ShelfModel* embedder = m_list.missing_embedder();
    if (embedder == nullptr) return {};
    return tr("Nothing can be found in documents without %1 (%2): it comes along with the first "
              "model that is downloaded.")
        .arg(QString::fromStdString(embedder->model.title), size_text(embedder->model.n_bytes));
}

void ModelsController::download_model_of_hub(const CatalogueModel& model) {
    m_of_hub.insert(QString::fromStdString(model.name), model);
    start_download(model);
}

void ModelsController::start_download(const CatalogueModel& model) {
    const QString name = QString::fromStdString(model.name);
    const auto now = m_list.work(name).activity;
    if (now == ModelListModel::Waiting || now == ModelListModel::Downloading) return;
    m_dropped.remove(name);
    show_activity(name, ModelListModel::Waiting, -1, tr("Waiting"));
    m_downloads[name] = m_download_worker.post([this, name, model,
                                                settings = m_settings](std::stop_token stop) {
        HttpClient client(http_settings(settings), m_log);
        Status done = fail(ErrorCode::kCancelled, "The download was stopped.");
        if (!stop.stop_requested())
            done = download_model(
                client, model, [&](const DownloadProgress& p) { tell_progress(name, p); }, stop);
        const bool answers = model.role == ModelRole::kAnswering;
        if (done && answers) done = check_answering_model(model.location);
        post_to(this, [this, name, done, answers] { take_download(name, done, answers); });
    });
}

/// Any thread.
void ModelsController::tell_progress(const QString& name, const DownloadProgress& progress) {
    const double share = progress.bytes_total > 0 ? static_cast<double>(progress.bytes_done) /
                                                        static_cast<double>(progress.bytes_total)
                                                  : -1;
    post_to(this, [this, name, progress, share] {
        if (m_list.find(name) == nullptr) refresh();  // it has just begun to be there
        show_activity(name, ModelListModel::Downloading, share, progress_text(progress));
        show_brief(tr("%1 %").arg(static_cast<int>(100 * share)));
    });
}

void ModelsController::take_download(const QString& name, const Status& done, bool answers) {
    show_brief({});
    show_end(name, done, {});
    if (m_of_hub.contains(name) && !done && done.error().code != ErrorCode::kCancelled)
        show_message(QString::fromStdString(done.error().text()), true);
    if (m_dropped.take(name) && !done) {
        const ShelfModel* shelf = m_list.find(name);
        const CatalogueModel model = shelf != nullptr ? shelf->model : m_of_hub.value(name);
        m_work_worker.post([this, name, model](std::stop_token) {
            const Status dropped = discard_download(model);
            post_to(this, [this, name, dropped] {
                show_end(name, dropped, {});
                refresh();
            });
        });
        return;
    }
    if (done && answers) measure(name);
    refresh();
    if (done) emit installedChanged();
}

void ModelsController::pause(const QString& name) {
    if (const auto under_way = m_downloads.find(name); under_way != m_downloads.end())
        under_way->request_stop();
}

void ModelsController::cancel(const QString& name) {
    m_dropped.insert(name, true);
    const auto activity = m_list.work(name).activity;
    if (activity == ModelListModel::Idle)
        take_download(name, fail(ErrorCode::kCancelled, "The download was stopped."), false);
    else
        pause(name);
}

void ModelsController::show_brief(const QString& brief) {
    m_brief = brief;
    emit briefChanged();
}

}  // namespace lectern
