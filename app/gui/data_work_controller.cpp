#include "app/gui/data_work_controller.h"

#include <QLocale>
#include <cmath>
#include <utility>

#include "app/gui/amounts.h"

namespace lectern {

DataWorkController::DataWorkController(DataFolders folders, DataWork work, QObject* parent)
    : QObject(parent), m_folders(std::move(folders)), m_work(std::move(work)) {}

DataWorkController::~DataWorkController() = default;

double DataWorkController::progress() const {
    if (m_progress.total == 0) return 0;
    return static_cast<double>(m_progress.done) / static_cast<double>(m_progress.total);
}

QString DataWorkController::progressText() const {
    if (m_progress.total == 0) return tr("Looking at the files…");
    const auto said = [&](std::int64_t n) {
        return moving() ? bytes_text(n, 1) : QLocale().toString(static_cast<qlonglong>(n));
    };
    const QString done = moving() ? tr("%1 of %2") : tr("%1 of %2 files");
    const QString amount = done.arg(said(m_progress.done), said(m_progress.total));
    if (m_progress.seconds_left < 0) return amount;
    if (m_progress.seconds_left < 60)
        return tr("%1 · %2 s left").arg(amount).arg(std::ceil(m_progress.seconds_left));
    return tr("%1 · %2 min left").arg(amount).arg(std::ceil(m_progress.seconds_left / 60));
}

void DataWorkController::start() {
    m_state = Working;
    m_problem.clear();
    emit changed();
    m_run = m_worker.post([this](std::stop_token stop) {
        const auto tell = [this](const DataProgress& progress) {
            const std::lock_guard lock(m_inbox_mutex);
            if (!std::exchange(m_inbox, progress)) post_to(this, [this] { show_progress(); });
        };
        const Status done = moving() ? move_data(m_folders, m_work, tell, stop)
                                     : delete_data(m_folders, tell, stop);
        post_to(this, [this, done] { take(done); });
    });
}

/// A move that failed has left its copy; one that runs removes it itself.
void DataWorkController::giveUp() {
    if (m_state == Working) m_run.request_stop();
    const bool has_failed = m_state == Failed;
    m_state = GivingUp;
    emit changed();
    if (!has_failed) return;
    m_worker.post([this](std::stop_token) {
        const Status given_up = give_up_move(m_folders, m_work);
        post_to(this,
                [this, given_up] { take(given_up ? fail(ErrorCode::kCancelled, "") : given_up); });
    });
}

void DataWorkController::take(const Status& done) {
    const bool is_given_up = !done && done.error().code == ErrorCode::kCancelled;
    if (!done && !is_given_up) {
        m_problem = QString::fromStdString(done.error().text());
        m_state = Failed;
        emit changed();
        return;
    }
    m_state = Done;
    m_goes_on = moving() || is_given_up;
    emit changed();
    if (m_goes_on) emit finished();
}

void DataWorkController::show_progress() {
    {
        const std::lock_guard lock(m_inbox_mutex);
        m_progress = *std::exchange(m_inbox, std::nullopt);
    }
    emit progressed();
}

}  // namespace lectern
