#include "app/gui/library_details.h"

#include <QStringList>
#include <QVariantMap>
#include <algorithm>
#include <chrono>
#include <utility>

#include "app/gui/amounts.h"
#include "app/gui/file_manager.h"

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kRefreshInterval{500};

}  // namespace

LibraryDetails::LibraryDetails(LibraryDesk& desk, QObject* parent) : QObject(parent), m_desk(desk) {
    m_refresh_timer.setSingleShot(true);
    m_refresh_timer.setInterval(kRefreshInterval);
    connect(&m_refresh_timer, &QTimer::timeout, this, &LibraryDetails::read_all);
    connect(&m_documents, &DocumentListModel::pageWanted, this, &LibraryDetails::read_page);
}

void LibraryDetails::setActive(bool active) {
    if (m_active == active) return;
    m_active = active;
    emit activeChanged();
    if (active) read_all();
}

void LibraryDetails::setFilter(const QString& filter) {
    if (m_filter == filter) return;
    m_filter = filter;
    search_anew();
}

void LibraryDetails::setAttentionOnly(bool only) {
    if (m_attention_only == only) return;
    m_attention_only = only;
    search_anew();
}

void LibraryDetails::search_anew() {
    ++m_search;
    m_documents.clear();
    emit searchChanged();
    m_documents.fetchMore({});
}

QVariantList LibraryDetails::folders() const {
    QVariantList folders;
    for (const FolderUse& folder : m_use.folders) {
        const std::filesystem::path name = folder.path.filename();
        QString state;
        if (folder.offline)
            state = tr("not reachable; kept as it was");
        else if (folder.paused)
            state = tr("paused");
        else if (folder.waiting > 0)
            state = tr("%1 waiting").arg(folder.waiting);
        folders.append(QVariantMap{
            {QStringLiteral("name"),
             QString::fromStdString((name.empty() ? folder.path : name).string())},
            {QStringLiteral("path"), QString::fromStdString(folder.path.string())},
            {QStringLiteral("state"), state},
            {QStringLiteral("detail"), amounts_text(folder.documents, folder.chunks)},
            {QStringLiteral("disk"),
             tr("text %1 · vectors %2 · KV %3")
                 .arg(bytes_text(folder.text_bytes), bytes_text(folder.vector_bytes),
                      bytes_text(folder.kv_bytes))},
            {QStringLiteral("offline"), folder.offline},
            {QStringLiteral("paused"), folder.paused},
        });
    }
    return folders;
}

QString LibraryDetails::countText() const {
    QString text = documents_text(m_use.documents.all);
    if (m_use.documents.waiting > 0) text += tr(" · %1 waiting").arg(m_use.documents.waiting);
    return text;
}

QString LibraryDetails::kvText() const {
    const QString used =
        tr("%1 of %2").arg(bytes_text(m_use.kv_bytes), bytes_text(m_use.kv_budget_bytes));
    if (m_use.kv_bytes_expected <= 0) return used;
    const double share = static_cast<double>(m_use.kv_bytes) / m_use.kv_bytes_expected;
    return tr("%1 · %2 % of what all passages will take (%3)")
        .arg(used)
        .arg(static_cast<int>(std::min(1.0, share) * 100))
        .arg(bytes_text(static_cast<std::int64_t>(m_use.kv_bytes_expected)));
}

QString LibraryDetails::kvPartsText() const {
    QStringList parts;
    for (const auto& [model, bytes] : m_use.kv_by_model)
        parts << tr("%1: %2").arg(QString::fromStdString(model), bytes_text(bytes));
    if (m_use.kv_other_bytes > 0)
        parts << tr("passages that changed or were not looked at yet: %1")
                     .arg(bytes_text(m_use.kv_other_bytes));
    return parts.join(QStringLiteral(" · "));
}

double LibraryDetails::kvShare() const {
    if (m_use.kv_budget_bytes <= 0) return 0;
    return std::min(
        1.0, static_cast<double>(m_use.kv_bytes) / static_cast<double>(m_use.kv_budget_bytes));
}

void LibraryDetails::pause(const QString& folder, bool paused) {
    decide(
        [path = to_path(folder), paused](LibraryDesk& desk) { return desk.pause(path, paused); });
}

void LibraryDetails::putFirst(const QString& folder) {
    decide([path = to_path(folder)](LibraryDesk& desk) { return desk.put_first(path); });
}

void LibraryDetails::leaveOut(const QString& file) {
    decide([path = to_path(file)](LibraryDesk& desk) { return desk.leave_out(path); });
}

void LibraryDetails::tryAgain(const QString& file) {
    decide([path = to_path(file)](LibraryDesk& desk) { return desk.try_again(path); });
}

void LibraryDetails::showInFolder(const QString& path) { show_in_file_manager(path); }

void LibraryDetails::decide(const std::function<Status(LibraryDesk&)>& decision) {
    m_worker.post([this, decision](std::stop_token) {
        const Status done = decision(m_desk);
        post_to(this, [this, done] {
            if (!done) emit failed(QString::fromStdString(done.error().text()));
            if (done) emit decided();
            read_all();
        });
    });
}

void LibraryDetails::askToRemove(const QString& folder) {
    m_worker.post([this, folder](std::stop_token) {
        const Result<RemovalUse> removal = m_desk.removal_of(to_path(folder));
        post_to(this, [this, folder, removal] {
            if (!removal) return emit failed(QString::fromStdString(removal.error().text()));
            m_removal_path = folder;
            m_removal_text =
                tr("This takes %1 out of the library and frees %2 of text, %3 of vectors and %4 of "
                   "KV. The files themselves stay where they are.")
                    .arg(documents_text(removal->documents), bytes_text(removal->text_bytes),
                         bytes_text(removal->vector_bytes), bytes_text(removal->kv_bytes));
            emit removalChanged();
        });
    });
}

QString LibraryDetails::removalName() const {
    return QString::fromStdString(to_path(m_removal_path).filename().string());
}

void LibraryDetails::keep() {
    m_removal_path.clear();
    m_removal_text.clear();
    emit removalChanged();
}

void LibraryDetails::remove() {
    const QString folder = m_removal_path;
    keep();
    if (!folder.isEmpty()) emit removalWanted(folder);
}

void LibraryDetails::refresh() {
    if (m_active && !m_refresh_timer.isActive()) m_refresh_timer.start();
}

DocumentQuery LibraryDetails::query(int limit) const {
    DocumentQuery query;
    query.filter = m_filter.trimmed().toStdString();
    query.failed_only = m_attention_only;
    query.limit = limit;
    return query;
}

/// The rows that are there already, as they stand now, and the figures.
void LibraryDetails::read_all() {
    if (std::exchange(m_stale, m_reading); m_reading) return;
    m_reading = true;
    const DocumentQuery wanted = query(std::max(DocumentQuery{}.limit, m_documents.rowCount()));
    m_worker.post([this, wanted, search = m_search](std::stop_token) {
        const Result<DocumentList> documents = m_desk.documents(wanted);
        const Result<LibraryUse> use = m_desk.use();
        post_to(this, [this, documents, use, search] {
            m_reading = false;
            if (documents && search == m_search) m_documents.replace(*documents);
            if (use) m_use = *use;
            emit changed();
            if (m_stale) refresh();
        });
    });
}

void LibraryDetails::read_page() {
    DocumentQuery wanted = query(DocumentQuery{}.limit);
    wanted.after = m_documents.last_path();
    m_worker.post([this, wanted, search = m_search](std::stop_token) {
        const Result<DocumentList> page = m_desk.documents(wanted);
        post_to(this, [this, page, after = wanted.after, search] {
            if (search != m_search || after != m_documents.last_path()) return;
            m_documents.append(page ? *page : DocumentList{});
            if (!page) emit failed(QString::fromStdString(page.error().text()));
        });
    });
}

}  // namespace lectern
