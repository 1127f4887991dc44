#include "app/gui/library_controller.h"

#include <QLocale>
#include <QStringList>
#include <QVariantMap>
#include <chrono>
#include <utility>

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kInboxInterval{33};
constexpr std::chrono::milliseconds kOverviewInterval{1000};  ///< while files become ready

QString amounts_text(std::int64_t documents, std::int64_t passages) {
    const QLocale locale;
    const auto amount = [&](std::int64_t n, const char* one, const char* many) {
        if (n == 1) return LibraryController::tr(one);
        return LibraryController::tr(many).arg(locale.toString(static_cast<qlonglong>(n)));
    };
    return amount(documents, QT_TR_NOOP("1 document"), QT_TR_NOOP("%1 documents")) +
           QStringLiteral(" · ") +
           amount(passages, QT_TR_NOOP("1 passage"), QT_TR_NOOP("%1 passages"));
}

std::filesystem::path to_path(const QString& path) {
    const QByteArray bytes = path.toUtf8();
    return std::filesystem::path(std::string(bytes.constData(), static_cast<size_t>(bytes.size())));
}

}  // namespace

LibraryController::LibraryController(Assistant& assistant, QObject* parent)
    : QObject(parent), m_assistant(assistant) {
    m_inbox_timer.setSingleShot(true);
    m_inbox_timer.setInterval(kInboxInterval);
    connect(&m_inbox_timer, &QTimer::timeout, this, &LibraryController::empty_inbox);
    m_overview_timer.setSingleShot(true);
    m_overview_timer.setInterval(kOverviewInterval);
    connect(&m_overview_timer, &QTimer::timeout, this, &LibraryController::read_overview);
}

LibraryController::~LibraryController() { stopIndexing(); }

QVariantList LibraryController::folders() const {
    QVariantList folders;
    for (const FolderOverview& folder : m_library.folders) {
        const std::filesystem::path name = folder.path.filename();
        folders.append(QVariantMap{
            {QStringLiteral("name"),
             QString::fromStdString((name.empty() ? folder.path : name).string())},
            {QStringLiteral("path"), QString::fromStdString(folder.path.string())},
            {QStringLiteral("detail"), folder.offline
                                           ? tr("not reachable; kept as it was")
                                           : amounts_text(folder.documents, folder.chunks)},
            {QStringLiteral("offline"), folder.offline},
        });
    }
    return folders;
}

QString LibraryController::amounts() const {
    if (m_library.folders.size() < 2) return {};
    return amounts_text(m_library.documents, m_library.chunks);
}

double LibraryController::progress() const {
    if (m_progress.files_total == 0) return -1;
    return static_cast<double>(m_progress.files_done) / m_progress.files_total;
}

QString LibraryController::progressText() const {
    if (m_progress.files_total == 0) return tr("Looking for documents…");
    const QString files =
        tr("%1 of %2 files").arg(m_progress.files_done).arg(m_progress.files_total);
    if (m_progress.seconds_left < 0) return files;
    if (m_progress.seconds_left < 60)
        return tr("%1 · %2 s left").arg(files).arg(static_cast<int>(m_progress.seconds_left) + 1);
    return tr("%1 · %2 min left")
        .arg(files)
        .arg(static_cast<int>(m_progress.seconds_left / 60) + 1);
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

void LibraryController::addPaths(const QList<QUrl>& urls) {
    std::vector<std::filesystem::path> paths;
    QStringList elsewhere;
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths.push_back(to_path(url.toLocalFile()));
        else
            elsewhere << url.toDisplayString();
    }
    if (!elsewhere.isEmpty())
        emit noticeWanted(tr("%1 is not a file on this machine. Save it here first, then drop it.")
                              .arg(elsewhere.join(QStringLiteral(", "))));
    if (paths.empty()) return;
    start_indexing(std::move(paths));
}

void LibraryController::stopIndexing() {
    for (std::stop_source& run : m_index_runs) run.request_stop();
}

void LibraryController::resumeIndexing() { start_indexing({}); }

void LibraryController::refresh() {
    m_look_worker.post([this](std::stop_token) {
        Result<LibraryOverview> overview = m_assistant.overview();
        post_to(this, [this, overview = std::move(overview)] {
            const bool first = !std::exchange(m_loaded, true);
            take_overview(overview);
            const bool can_write = overview && !overview->read_only;
            if (first && can_write && !m_library.folders.empty()) start_indexing({});
        });
    });
}

void LibraryController::start_indexing(std::vector<std::filesystem::path> paths) {
    emit indexingBegan();
    if (m_n_indexing++ == 0) m_progress = {};
    m_indexing_stopped = false;
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
    m_indexing_stopped = m_indexing_stopped || stopped;
    m_error = report || stopped ? QString() : QString::fromStdString(report.error().text());
    emit progressChanged();
    emit changed();
    read_overview();
    emit indexingEnded();
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
        m_files.show_failed(m_library.failed);
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
        m_files.show(file);
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
