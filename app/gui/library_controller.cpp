#include "app/gui/library_controller.h"

#include <QStringList>
#include <chrono>
#include <utility>

#include "app/gui/amounts.h"

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kInboxInterval{33};
constexpr std::chrono::milliseconds kOverviewInterval{1000};  ///< while files become ready

}  // namespace

LibraryController::LibraryController(Assistant& assistant, QObject* parent)
    : QObject(parent),
      m_assistant(assistant),
      m_details(assistant.desk()),
      m_preview(assistant.desk()),
      m_watching{assistant} {
    m_inbox_timer.setSingleShot(true);
    m_inbox_timer.setInterval(kInboxInterval);
    connect(&m_inbox_timer, &QTimer::timeout, this, &LibraryController::empty_inbox);
    m_overview_timer.setSingleShot(true);
    m_overview_timer.setInterval(kOverviewInterval);
    connect(&m_overview_timer, &QTimer::timeout, this, &LibraryController::read_overview);
    connect(this, &LibraryController::changed, &m_details, &LibraryDetails::refresh);
    connect(&m_details, &LibraryDetails::decided, this, &LibraryController::start_over);
    connect(&m_details, &LibraryDetails::removalWanted, this, &LibraryController::remove_folder);
    connect(&m_details, &LibraryDetails::failed, this, &LibraryController::noticeWanted);
    connect(&m_preview, &DropPreviewController::noticeWanted, this,
            &LibraryController::noticeWanted);
    connect(&m_preview, &DropPreviewController::started, this, &LibraryController::start_indexing);
}

LibraryController::~LibraryController() { stopIndexing(); }

LibraryController::Watching::~Watching() {
    static_cast<void>(assistant.desk().watch({}));  // to stop cannot fail
}

QString LibraryController::amounts() const {
    return amounts_text(m_library.documents, m_library.chunks);
}

double LibraryController::progress() const {
    if (m_progress.files_total == 0) return -1;
    return static_cast<double>(m_progress.files_done) / m_progress.files_total;
}

QString LibraryController::progressText() const {
    if (m_progress.files_total == 0) return tr("Looking for documents…");
    QStringList parts;
    parts << tr("%1 of %2 files").arg(m_progress.files_done).arg(m_progress.files_total);
    if (m_progress.chunks_done > 0 && m_progress.seconds > 1)
        parts << tr("%1 passages a second")
                     .arg(static_cast<double>(m_progress.chunks_done) / m_progress.seconds, 0, 'f',
                          1);
    if (m_progress.seconds_left >= 60)
        parts << tr("%1 min left").arg(static_cast<int>(m_progress.seconds_left / 60) + 1);
    else if (m_progress.seconds_left >= 0)
        parts << tr("%1 s left").arg(static_cast<int>(m_progress.seconds_left) + 1);
    return parts.join(QStringLiteral(" · "));
}

QString LibraryController::progressBrief() const {
    if (m_indexing_stopped && !indexing()) return tr("Stopped");
    if (!indexing()) return {};
    if (progress() < 0) return tr("Looking…");
    return tr("%1 %").arg(static_cast<int>(progress() * 100));
}

QString LibraryController::currentFile() const {
    return QString::fromStdString(m_progress.current.filename().string());
}

void LibraryController::stopIndexing() {
    m_stop_wanted = true;
    for (std::stop_source& run : m_index_runs) run.request_stop();
}

void LibraryController::resumeIndexing() { start_indexing({}); }

void LibraryController::giveUp() {
    change_alone([this]() -> Status {
        LECTERN_TRY(m_assistant.desk().take_back());
        return {};
    });
}

void LibraryController::remove_folder(const QString& folder) {
    change_alone([this, path = to_path(folder)] { return m_assistant.remove(path); });
    if (indexing()) start_indexing({});
}

/// Behind the runs under way, which are stopped: only one may write the library.
void LibraryController::change_alone(const std::function<Status()>& change) {
    for (std::stop_source& run : m_index_runs) run.request_stop();
    m_ingest_worker.post([this, change](std::stop_token) {
        const Status done = change();
        post_to(this, [this, done] {
            if (!done) emit noticeWanted(QString::fromStdString(done.error().text()));
            m_indexing_stopped = false;
            emit progressChanged();
            read_overview();
        });
    });
}

/// What was decided holds at once: the run under way ends, and another begins.
void LibraryController::start_over() {
    for (std::stop_source& run : m_index_runs) run.request_stop();
    start_indexing({});
}

void LibraryController::watch() {
    m_look_worker.post([this](std::stop_token) {
        const Status watched =
            m_assistant.desk().watch([this] { post_to(this, [this] { take_change(); }); });
        if (watched) return;
        post_to(this, [this, watched] {
            emit noticeWanted(QString::fromStdString(watched.error().text()));
        });
    });
}

void LibraryController::take_change() {
    if (readOnly() || m_indexing_stopped) return;  // Go on and the next start look anew
    m_changed_meanwhile = indexing();
    if (!indexing()) start_indexing({});
}

void LibraryController::refresh() {
    m_look_worker.post([this](std::stop_token) {
        Result<LibraryOverview> overview = m_assistant.overview();
        post_to(this, [this, overview = std::move(overview)] {
            const bool first = !std::exchange(m_loaded, true);
            take_overview(overview);
            const bool can_write = overview && !overview->read_only;
            if (first && can_write && !m_library.folders.empty()) start_indexing({});
            if (first && can_write) watch();
        });
    });
}

void LibraryController::start_indexing(std::vector<std::filesystem::path> paths) {
    emit indexingBegan();
    if (m_n_indexing++ == 0) m_progress = {};
    m_indexing_stopped = m_stop_wanted = false;
    m_overview_timer.start();
    const KvPolicy policy = m_library.kv_policy;
    m_index_runs.push_back(
        m_ingest_worker.post([this, policy, paths = std::move(paths)](std::stop_token stop) {
            IngestEvents events;
            events.on_progress = [this](const IngestProgress& progress) {
                leave([&](Inbox& inbox) { inbox.progress = progress; });
            };
            events.on_file = [this](const FileStatus& file) {
                leave([&](Inbox& inbox) { inbox.files.push_back(file); });
            };
            Result<IngestReport> report = m_assistant.index(paths, policy, events, stop);
            post_to(this, [this, report = std::move(report)] { take_report(report); });
        }));
    emit progressChanged();
}

void LibraryController::take_report(const Result<IngestReport>& report) {
    empty_inbox();
    if (--m_n_indexing == 0) m_index_runs.clear();
    const bool stopped = report ? report->cancelled : report.error().code == ErrorCode::kCancelled;
    m_indexing_stopped = m_stop_wanted && (m_indexing_stopped || stopped);
    m_error = report || stopped ? QString() : QString::fromStdString(report.error().text());
    m_details.documents()->set_reading({});
    emit progressChanged();
    emit changed();
    read_overview();
    watch();
    emit indexingEnded();
    if (!indexing() && !stopped && std::exchange(m_changed_meanwhile, false)) start_indexing({});
}

void LibraryController::read_overview() {
    m_overview_timer.stop();
    m_look_worker.post([this](std::stop_token) {
        Result<LibraryOverview> overview = m_assistant.overview();
        post_to(this, [this, overview = std::move(overview)] { take_overview(overview); });
    });
}

void LibraryController::take_overview(const Result<LibraryOverview>& overview) {
    if (overview) {
        m_library = *overview;
    } else {
        m_error = QString::fromStdString(overview.error().text());
    }
    emit changed();
}

/// Any thread.
void LibraryController::leave(const std::function<void(Inbox&)>& put) {
    const std::lock_guard lock(m_inbox_mutex);
    put(m_inbox);
    if (std::exchange(m_inbox.announced, true)) return;
    post_to(this, [this] { m_inbox_timer.start(); });
}

void LibraryController::empty_inbox() {
    Inbox taken;
    {
        const std::lock_guard lock(m_inbox_mutex);
        taken.files = std::exchange(m_inbox.files, {});
        taken.progress = std::exchange(m_inbox.progress, std::nullopt);
        m_inbox.announced = false;
    }
    bool became_ready = false;
    for (const FileStatus& file : taken.files) {
        if (file.state == FileState::kReading) m_details.documents()->set_reading(file.path);
        became_ready = became_ready || file.state == FileState::kReady;
    }
    if (became_ready) {
        if (!std::exchange(m_any_ready, true)) emit changed();
        if (!m_overview_timer.isActive()) m_overview_timer.start();
    }
    if (!taken.progress) return;
    m_progress = *taken.progress;
    emit progressChanged();
}

}  // namespace lectern
