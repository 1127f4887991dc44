#include "app/gui/window_state.h"

#include <spdlog/spdlog.h>

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScreen>
#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "app/core/whole_file.h"
#include "engine/base/file_system.h"

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kDelay{1000};
constexpr int kLeastInSight = 100;  ///< pixels each way, to get hold of it

bool is_in_sight(const QRect& place) {
    const QList<QScreen*> screens = QGuiApplication::screens();
    return std::any_of(screens.begin(), screens.end(), [&](const QScreen* screen) {
        const QRect seen = screen->availableGeometry() & place;
        return seen.width() >= kLeastInSight && seen.height() >= kLeastInSight;
    });
}

void write(const std::filesystem::path& file, const QByteArray& text) {
    const auto bytes = std::as_bytes(std::span(text.constData(), static_cast<size_t>(text.size())));
    Status written = posix_file_system().create_folder(file.parent_path());
    if (written) written = write_whole_file(file, {bytes});
    if (!written)
        spdlog::warn("The next window will not be where this one was: {}", written.error().text());
}

}  // namespace

QVariantMap restored_window(const std::filesystem::path& file) {
    QFile in(QString::fromStdString(file.string()));
    if (file.empty() || !in.open(QIODevice::ReadOnly)) return {};
    const QJsonObject kept = QJsonDocument::fromJson(in.readAll()).object();
    QVariantMap properties;
    const QRect place(kept[u"x"].toInt(), kept[u"y"].toInt(), kept[u"width"].toInt(),
                      kept[u"height"].toInt());
    if (!place.isEmpty() && is_in_sight(place)) {
        for (const char* key : {"x", "y", "width", "height"})
            properties[QLatin1String(key)] = kept[QLatin1String(key)].toInt();
        if (kept[u"maximized"].toBool())
            properties[QStringLiteral("visibility")] = QWindow::Maximized;
    }
    if (kept[u"page"].isString()) properties[QStringLiteral("page")] = kept[u"page"].toString();
    if (kept[u"scroll"].isDouble())
        properties[QStringLiteral("restoredScroll")] = kept[u"scroll"].toDouble();
    return properties;
}

WindowState::WindowState(QQuickWindow& window, std::filesystem::path file, QObject* parent)
    : QObject(parent), m_window(window), m_file(std::move(file)), m_place(window.geometry()) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_worker->post([this, text = text()](std::stop_token) {
            m_unsaved = false;
            write(m_file, text);
        });
    });
    connect(&window, &QWindow::xChanged, this, &WindowState::note);
    connect(&window, &QWindow::yChanged, this, &WindowState::note);
    connect(&window, &QWindow::widthChanged, this, &WindowState::note);
    connect(&window, &QWindow::heightChanged, this, &WindowState::note);
    connect(&window, &QWindow::visibilityChanged, this, &WindowState::note);
    connect(&window, SIGNAL(pageChanged()), this, SLOT(note()));
    connect(&window, SIGNAL(scrollChanged()), this, SLOT(note()));
    m_worker.emplace();
}

WindowState::~WindowState() {
    m_worker.reset();  // it drops what has not begun
    if (m_unsaved) write(m_file, text());
}

void WindowState::note() {
    if (m_window.visibility() == QWindow::Windowed) m_place = m_window.geometry();
    m_unsaved = true;
    m_timer.start();
}

QByteArray WindowState::text() const {
    const QJsonObject kept{
        {QStringLiteral("x"), m_place.x()},
        {QStringLiteral("y"), m_place.y()},
        {QStringLiteral("width"), m_place.width()},
        {QStringLiteral("height"), m_place.height()},
        {QStringLiteral("maximized"), m_window.visibility() == QWindow::Maximized},
        {QStringLiteral("page"), m_window.property("page").toString()},
        {QStringLiteral("scroll"), m_window.property("scroll").toDouble()}};
    return QJsonDocument(kept).toJson();
}

}  // namespace lectern
