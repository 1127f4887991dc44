// The library as the window deals with it: what is in it, and the reading of documents.
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QVariantList>
#include <QtQmlIntegration>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "app/core/assistant.h"
#include "app/gui/file_status_model.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: documents are read on one worker, the
/// library is looked at on another. The workers leave files and progress in an inbox that is
/// emptied about 30 times a second; results come by queued calls. Destroying it stops the workers
/// and waits for them. The assistant outlives it.
class LibraryController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(lectern::FileStatusModel* files READ files CONSTANT)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool hasDocuments READ hasDocuments NOTIFY changed)
    Q_PROPERTY(bool readOnly READ readOnly NOTIFY changed)
    Q_PROPERTY(QVariantList folders READ folders NOTIFY changed)
    Q_PROPERTY(QString amounts READ amounts NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(bool indexing READ indexing NOTIFY progressChanged)
    Q_PROPERTY(bool indexingStopped READ indexingStopped NOTIFY progressChanged)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    Q_PROPERTY(QString progressBrief READ progressBrief NOTIFY progressChanged)
    Q_PROPERTY(QString currentFile READ currentFile NOTIFY progressChanged)

  public:
    explicit LibraryController(Assistant& assistant, QObject* parent = nullptr);
    ~LibraryController() override;

    FileStatusModel* files() { return &m_files; }
    bool loaded() const { return m_loaded; }
    bool hasDocuments() const { return m_library.documents > 0 || m_any_ready; }
    bool readOnly() const { return m_library.read_only; }
    KvPolicy kv_policy() const { return m_library.kv_policy; }
    /// One map for each folder and single file that was added: name, path, detail, offline.
    QVariantList folders() const;
    QString amounts() const;  ///< of all folders; empty where a single one says it itself
    QString error() const { return m_error; }  ///< resumeIndexing tries again
    bool indexing() const { return m_n_indexing > 0; }
    bool indexingStopped() const { return m_indexing_stopped; }
    double progress() const;  ///< 0…1; −1: not known yet
    QString progressText() const;
    QString progressBrief() const;  ///< a word or two; empty: nothing is being read
    QString currentFile() const;

    /// Folders and files; what is not on this machine is named in a notice.
    Q_INVOKABLE void addPaths(const QList<QUrl>& urls);
    Q_INVOKABLE void stopIndexing();
    Q_INVOKABLE void resumeIndexing();
    /// Looks at the library; the first look also brings its documents up to date.
    void refresh();

  signals:
    void changed();
    void progressChanged();
    void indexingBegan();
    void indexingEnded();
    void noticeWanted(const QString& notice);

  private:
    /// What the workers left since the window last looked.
    struct Inbox {
        bool announced = false;
        std::vector<FileStatus> files;
        std::optional<IngestProgress> progress;
    };

    void leave(const std::function<void(Inbox&)>& put);
    void empty_inbox();
    void start_indexing(std::vector<std::filesystem::path> paths);
    void take_report(const Result<IngestReport>& report);
    void read_overview();
    void take_overview(const Result<LibraryOverview>& overview);

    Assistant& m_assistant;
    FileStatusModel m_files;
    LibraryOverview m_library;
    bool m_loaded = false;
    bool m_any_ready = false;
    QString m_error;
    IngestProgress m_progress;
    int m_n_indexing = 0;
    bool m_indexing_stopped = false;
    QTimer m_inbox_timer;
    QTimer m_overview_timer;
    std::mutex m_inbox_mutex;
    Inbox m_inbox;
    std::vector<std::stop_source> m_index_runs;
    JobThread m_look_worker;  ///< the workers last: they use what is above
    JobThread m_ingest_worker;
};

}  // namespace lectern
