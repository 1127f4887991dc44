// The card that tells what was dropped before anything of it is read.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>
#include <QtQmlIntegration>
#include <filesystem>
#include <stop_token>
#include <vector>

#include "app/core/library_desk.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: one worker looks at the files. The desk
/// outlives this.
class DropPreviewController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The library has it.")
    Q_PROPERTY(bool shown READ shown NOTIFY changed)
    Q_PROPERTY(bool looking READ looking NOTIFY changed)
    Q_PROPERTY(bool canStart READ canStart NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString kindsText READ kindsText NOTIFY changed)
    Q_PROPERTY(QString skipped READ skipped NOTIFY changed)
    Q_PROPERTY(QString timeText READ timeText NOTIFY changed)
    Q_PROPERTY(QString diskText READ diskText NOTIFY changed)

  public:
    explicit DropPreviewController(LibraryDesk& desk, QObject* parent = nullptr);
    ~DropPreviewController() override;

    bool shown() const { return !m_paths.empty(); }
    bool looking() const { return m_looking; }
    bool canStart() const { return shown() && !m_looking && m_preview.documents > 0; }
    QString title() const;
    QString kindsText() const;  ///< "12 PDF · 3 Markdown"
    QString skipped() const;    ///< what is not read, and why
    QString timeText() const;
    QString diskText() const;

    /// Several drops add up. What is not on this machine is named in a notice.
    Q_INVOKABLE void add(const QList<QUrl>& urls);
    Q_INVOKABLE void start();
    /// Nothing of it is added.
    Q_INVOKABLE void drop();

  signals:
    void changed();
    void started(const std::vector<std::filesystem::path>& paths);
    void noticeWanted(const QString& notice);

  private:
    void look();
    void take(const Result<DropPreview>& preview);

    LibraryDesk& m_desk;
    std::vector<std::filesystem::path> m_paths;
    DropPreview m_preview;
    bool m_looking = false;
    int m_look = 0;  ///< what earlier looks still find is dropped
    std::stop_source m_stop;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
