#include "app/gui/drop_preview_controller.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <utility>

#include "app/gui/amounts.h"

namespace lectern {
namespace {

constexpr std::size_t kKindsShown = 4;

QString kind_name(const std::string& extension) {
    if (extension == "pdf") return QStringLiteral("PDF");
    if (extension == "md" || extension == "markdown") return QStringLiteral("Markdown");
    if (extension == "html" || extension == "htm") return QStringLiteral("HTML");
    if (extension == "txt") return DropPreviewController::tr("plain text");
    if (extension.empty()) return DropPreviewController::tr("without an extension");
    return QLatin1Char('.') + QString::fromStdString(extension);
}

/// Kinds of one name are one; what is beyond the first few is told together.
QString kinds_line(const std::vector<DropKind>& kinds) {
    QList<std::pair<QString, int>> named;
    for (const DropKind& kind : kinds) {
        const QString name = kind_name(kind.extension);
        const auto known = std::find_if(named.begin(), named.end(),
                                        [&](const auto& other) { return other.first == name; });
        if (known == named.end())
            named.append({name, kind.documents});
        else
            known->second += kind.documents;
    }
    QStringList parts;
    int rest = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(named.size()); ++i) {
        const auto& [name, n] = named[static_cast<int>(i)];
        if (i < kKindsShown)
            parts << QStringLiteral("%1 %2").arg(QLocale().toString(n), name);
        else
            rest += n;
    }
    if (rest > 0) parts << DropPreviewController::tr("%1 others").arg(rest);
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

DropPreviewController::DropPreviewController(LibraryDesk& desk, QObject* parent)
    : QObject(parent), m_desk(desk) {}

DropPreviewController::~DropPreviewController() { m_stop.request_stop(); }

QString DropPreviewController::title() const {
    if (m_looking) return tr("Looking at what was dropped…");
    if (m_preview.documents == 0) return tr("Nothing here to read");
    return tr("Read %1?").arg(documents_text(m_preview.documents));
}

QString DropPreviewController::kindsText() const {
    if (m_looking || m_preview.kinds.empty()) return {};
    return kinds_line(m_preview.kinds) + QStringLiteral(" · ") + bytes_text(m_preview.bytes);
}

QString DropPreviewController::skipped() const {
    if (m_looking) return {};
    QStringList lines;
    const auto say = [&](int n, const QString& text) {
        if (n > 0) lines << text.arg(QLocale().toString(n));
    };
    say(m_preview.already_read, tr("already read: %1"));
    if (!m_preview.unknown_kinds.empty())
        lines << tr("kinds that are not read: %1").arg(kinds_line(m_preview.unknown_kinds));
    say(m_preview.empty, tr("empty: %1"));
    say(m_preview.too_large, tr("too large: %1"));
    say(m_preview.hidden, tr("hidden or temporary: %1"));
    say(m_preview.unreadable, tr("folders that may not be listed: %1"));
    for (const std::string& path : m_preview.missing)
        lines << tr("not there: %1").arg(QString::fromStdString(path));
    return lines.join(QStringLiteral("; "));
}

QString DropPreviewController::timeText() const {
    if (!canStart()) return {};
    if (m_preview.seconds < 0)
        return tr(
            "How long reading takes is not known yet: nothing was read on this machine "
            "before.");
    return tr("Reading takes %1, as fast as it went here before.")
        .arg(about_time_text(m_preview.seconds));
}

QString DropPreviewController::diskText() const {
    if (!canStart() || m_preview.kv_budget_bytes <= 0) return {};
    const QString budget =
        tr("%1 of %2 are used")
            .arg(bytes_text(m_preview.kv_used_bytes), bytes_text(m_preview.kv_budget_bytes));
    if (m_preview.kv_bytes <= 0)
        return tr("Disk for instant answers: not known without a model; %1.").arg(budget);
    const auto needed = static_cast<std::int64_t>(m_preview.kv_bytes);
    if (m_preview.kv_used_bytes + needed > m_preview.kv_budget_bytes)
        return tr("Instant answers would take about %1 of disk. That is more than the budget has "
                  "left (%2): what is asked about most is kept.")
            .arg(bytes_text(needed), budget);
    return tr("Instant answers take about %1 of disk; %2.").arg(bytes_text(needed), budget);
}

void DropPreviewController::add(const QList<QUrl>& urls) {
    QStringList elsewhere;
    bool is_new = false;
    for (const QUrl& url : urls) {
        if (!url.isLocalFile()) {
            elsewhere << url.toDisplayString();
            continue;
        }
        const std::filesystem::path path = to_path(url.toLocalFile());
        if (std::find(m_paths.begin(), m_paths.end(), path) != m_paths.end()) continue;
        m_paths.push_back(path);
        is_new = true;
    }
    if (!elsewhere.isEmpty())
        emit noticeWanted(tr("%1 is not a file on this machine. Save it here first, then drop it.")
                              .arg(elsewhere.join(QStringLiteral(", "))));
    if (is_new) look();
}

void DropPreviewController::look() {
    m_stop.request_stop();
    m_looking = true;
    m_stop = m_worker.post([this, paths = m_paths, look = ++m_look](std::stop_token stop) {
        Result<DropPreview> preview = m_desk.preview(paths, std::move(stop));
        post_to(this, [this, look, preview = std::move(preview)] {
            if (look == m_look) take(preview);
        });
    });
    emit changed();
}

void DropPreviewController::take(const Result<DropPreview>& preview) {
    m_looking = false;
    if (preview) {
        m_preview = *preview;
    } else {
        m_paths.clear();
        emit noticeWanted(QString::fromStdString(preview.error().text()));
    }
    emit changed();
}

void DropPreviewController::start() {
    if (!canStart()) return;
    std::vector<std::filesystem::path> paths = std::exchange(m_paths, {});
    std::erase_if(paths, [&](const std::filesystem::path& path) {
        return std::find(m_preview.missing.begin(), m_preview.missing.end(), path.string()) !=
               m_preview.missing.end();
    });
    emit changed();
    emit started(paths);
}

void DropPreviewController::drop() {
    m_stop.request_stop();
    ++m_look;
    m_looking = false;
    m_paths.clear();
    emit changed();
}

}  // namespace lectern
