#include "app/gui/models_controller.h"

#include <algorithm>
#include <utility>

#include "app/core/network.h"
#include "app/core/paths.h"
#include "app/gui/amounts.h"
#include "app/gui/model_texts.h"

namespace lectern {
namespace {

QString sentence_of(const Error& error) { return QString::fromStdString(error.text()); }

bool was_stopped(const Status& done) { return !done && done.error().code == ErrorCode::kCancelled; }

}  // namespace

ModelsController::ModelsController(Assistant& assistant, QObject* parent)
    : QObject(parent), m_assistant(assistant), m_log(network_log_file()) {
    refresh();
}

ModelsController::~ModelsController() {
    for (std::stop_source& stop : m_downloads) stop.request_stop();
    for (std::stop_source& stop : m_works) stop.request_stop();
}

void ModelsController::refresh() {
    m_look_worker.post([this](std::stop_token) {
        std::vector<ShelfModel> shelf = model_shelf();
        const std::filesystem::path used = m_assistant.model().path;
        post_to(this, [this, shelf = std::move(shelf), used]() mutable {
            take_shelf(std::move(shelf), used);
        });
    });
}

void ModelsController::take_shelf(std::vector<ShelfModel> shelf,
                                  const std::filesystem::path& used) {
    const ShelfModel* offer = model_to_offer(shelf);
    m_offer_name.clear();
    m_offer_text.clear();
    if (offer != nullptr && !m_offer_dismissed) {
        m_offer_name = QString::fromStdString(offer->model.name);
        m_offer_text = offer_text(*offer);
    }
    m_list.show(std::move(shelf), used);
    m_loaded = true;
    emit changed();
}

void ModelsController::use(const QString& name) {
    const ShelfModel* shelf = m_list.find(name);
    if (shelf == nullptr || !shelf->installed) return;
    const QString title = QString::fromStdString(shelf->model.title);
    m_list.show_used(shelf->model.location);
    emit modelWanted(name);
    tell_swap(title);
}

/// Documents and vectors are no model's; the passages' caches are.
void ModelsController::tell_swap(const QString& title) {
    m_look_worker.post([this, title](std::stop_token) {
        const Result<LibraryOverview> overview = m_assistant.overview();
        const std::int64_t n = overview ? overview->chunks : 0;
        const bool later = overview && overview->kv_policy == KvPolicy::kLazy;
        post_to(this, [this, title, n, later] {
            const QString when =
                later ? tr("each when it is first used") : tr("while nothing else goes on");
            m_swap_text =
                n == 0 ? tr("%1 answers from the next question on.").arg(title)
                       : tr("%1 answers from the next question on. Documents and search stay as "
                            "they are; up to %2 passages are prepared for it, %3. What was "
                            "prepared for other models is kept as long as there is room.")
                             .arg(title)
                             .arg(n)
                             .arg(when);
            emit swapChanged();
        });
    });
}

void ModelsController::remove(const QString& name) {
    const ShelfModel* shelf = m_list.find(name);
    if (shelf == nullptr) return;
    m_work_worker.post([this, name, model = *shelf](std::stop_token) {
        const Result<std::int64_t> freed = remove_model(model);
        post_to(this, [this, freed, title = QString::fromStdString(model.model.title)] {
            if (freed)
                show_message(
                    tr("%1 was removed; %2 of disk are free again.").arg(title, size_text(*freed)),
                    false);
            else
                show_message(sentence_of(freed.error()), true);
            refresh();
            emit installedChanged();
        });
    });
}

QList<QUrl> ModelsController::importDropped(const QList<QUrl>& urls) {
    QList<QUrl> others;
    for (const QUrl& url : urls) {
        if (url.isLocalFile() && url.path().endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive))
            importFile(url);
        else
            others << url;
    }
    return others;
}

void ModelsController::importFile(const QUrl& url) {
    const std::filesystem::path path = to_path(url.toLocalFile());
    const QString file = url.fileName();
    show_message(tr("Looking at %1…").arg(file), false);
    emit importBegan();
    m_work_worker.post([this, path, file](std::stop_token stop) {
        const auto on_share = [this, file](double share) {
            post_to(this, [this, file, share] {
                show_message(tr("Copying %1: %2 %").arg(file).arg(static_cast<int>(100 * share)),
                             false);
            });
        };
        const Result<std::string> name = import_model(path, on_share, stop);
        post_to(this, [this, name, file] {
            if (!name) return show_message(sentence_of(name.error()), true);
            show_message(tr("%1 is here; its speed is being measured.").arg(file), false);
            measure(QString::fromStdString(*name));
            refresh();
            emit installedChanged();
        });
    });
}

void ModelsController::verify(const QString& name) {
    const ShelfModel* shelf = m_list.find(name);
    if (shelf == nullptr) return;
    show_activity(name, ModelListModel::Waiting, -1, tr("Waiting"));
    m_works[name] = m_work_worker.post([this, name, model = *shelf](std::stop_token stop) {
        int shown = -1;
        const auto on_share = [this, name, &shown](double share) {
            const int percent = static_cast<int>(100 * share);
            if (std::exchange(shown, percent) == percent) return;
            post_to(this, [this, name, share, percent] {
                show_activity(name, ModelListModel::Checking, share,
                              tr("Comparing with its checksum: %1 %").arg(percent));
            });
        };
        const Status done = stop.stop_requested()
                                ? Status(fail(ErrorCode::kCancelled, "Checking was stopped."))
                                : verify_model(model, on_share, stop);
        post_to(this, [this, name, done] {
            show_end(name, done, tr("It is exactly what its makers gave out."));
        });
    });
}

void ModelsController::measure(const QString& name) {
    show_activity(name, ModelListModel::Waiting, -1, tr("Waiting"));
    m_works[name] = m_work_worker.post([this, name,
                                        n_threads = m_settings.threads](std::stop_token stop) {
        const auto on_share = [this, name](double share) {
            post_to(this, [this, name, share] {
                show_activity(name, ModelListModel::Measuring, share,
                              tr("Measuring its speed: %1 %").arg(static_cast<int>(100 * share)));
            });
        };
        const auto measure_it = [&]() -> Status {
            LECTERN_ASSIGN(const std::filesystem::path path,
                           find_model(name.toStdString(), ModelRole::kAnswering));
            LECTERN_ASSIGN(const ModelSpeed speed, measure_speed(path, n_threads, on_share, stop));
            return keep_speed(speeds_file(), path, speed);
        };
        const Status done = measure_it();
        post_to(this, [this, name, done] {
            show_end(name, done, {});
            refresh();
        });
    });
}

void ModelsController::measure_for_offer() {
    const ShelfModel* used = m_list.used();
    if (used == nullptr || used->speed || m_offer_name.isEmpty() ||
        std::exchange(m_measured_for_offer, true))
        return;
    measure(QString::fromStdString(used->model.name));
}

void ModelsController::stopWork(const QString& name) {
    if (const auto work = m_works.find(name); work != m_works.end()) work->request_stop();
}

void ModelsController::show_activity(const QString& name, ModelListModel::Activity activity,
                                     double share, const QString& progress) {
    m_list.show_work(name, {activity, share, progress, {}, {}});
}

void ModelsController::show_end(const QString& name, const Status& done, const QString& sentence) {
    ModelListModel::Work work;
    if (done)
        work.done = sentence;
    else if (!was_stopped(done))
        work.problem = sentence_of(done.error());
    m_list.show_work(name, work);
}

void ModelsController::dismissOffer() {
    m_offer_dismissed = true;
    m_offer_name.clear();
    m_offer_text.clear();
    emit changed();
}

void ModelsController::show_message(const QString& message, bool is_problem) {
    m_message = message;
    m_message_is_problem = is_problem;
    emit messageChanged();
}

void ModelsController::dismissMessage() { show_message({}, false); }

void ModelsController::dismissSwap() {
    m_swap_text.clear();
    emit swapChanged();
}

}  // namespace lectern
