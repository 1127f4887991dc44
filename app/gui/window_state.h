// Where the window was, what it showed and how far it was scrolled: as it was left, at the next
// start.
#pragma once

#include <QObject>
#include <QQuickWindow>
#include <QRect>
#include <QTimer>
#include <QVariantMap>
#include <atomic>
#include <filesystem>
#include <optional>

#include "app/gui/job_thread.h"

namespace lectern {

/// What Main.qml is made with: its place, page and scroll. Empty where the file is missing or
/// broken, without a place that lies on no screen any more.
QVariantMap restored_window(const std::filesystem::path& file);

/// Keeps the file up to date while it lives, a second behind the last change at the latest; a
/// worker writes it. Belongs to the window's thread; the window outlives it.
class WindowState : public QObject {
    Q_OBJECT

  public:
    WindowState(QQuickWindow& window, std::filesystem::path file, QObject* parent = nullptr);
    ~WindowState() override;

  private slots:
    void note();

  private:
    QByteArray text() const;

    QQuickWindow& m_window;
    const std::filesystem::path m_file;
    QRect m_place;  ///< when it was last neither maximized nor minimized
    QTimer m_timer;
    std::atomic<bool> m_unsaved{false};
    std::optional<JobThread> m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
