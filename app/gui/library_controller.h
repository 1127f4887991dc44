// The library as the window deals with it: what is in it, and the reading of documents.
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQmlIntegration>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "app/core/assistant.h"
#include "app/gui/drop_preview_controller.h"
#include "app/gui/job_thread.h"
#include "app/gui/library_details.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: documents are read on one worker, the
/// library is looked at on another. The workers leave files and progress in an inbox that is
/// emptied about 30 times a second; results come by queued calls. Destroying it stops the workers
/// and waits for them. The assistant outlives it.
class LibraryController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(lectern::LibraryDetails* details READ details CONSTANT)
    Q_PROPERTY(lectern::DropPreviewController* preview READ preview CONSTANT)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool hasDocuments READ hasDocuments NOTIFY changed)
    Q_PROPERTY(bool readOnly READ readOnly NOTIFY changed)
    Q_PROPERTY(int folderCount READ folderCount NOTIFY changed)
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

    LibraryDetails* details() { return &m_details; }
    DropPreviewController* preview() { return &m_preview; }
    bool loaded() const { return m_loaded; }
    bool hasDocuments() const { return m_library.documents > 0 || m_any_ready; }
    bool readOnly() const { return m_library.read_only; }
    const LibraryOverview& overview() const { return m_library; }  ///< as it was last looked at
    KvPolicy kv_policy() const { return m_library.kv_policy; }
    int folderCount() const { return static_cast<int>(m_library.folders.size()); }
    QString amounts() const;
    QString error() const { return m_error; }  ///< resumeIndexing tries again
    bool indexing() const { return m_n_indexing > 0; }
    bool indexingStopped() const { return m_indexing_stopped; }
    double progress() const;        ///< 0…1; −1: not known yet
    QString progressText() const;   ///< files, rate, time left
    QString progressBrief() const;  ///< a word or two; empty: nothing is being read
    QString currentFile() const;

    Q_INVOKABLE void stopIndexing();
    Q_INVOKABLE void resumeIndexing();
    /// Takes back what was added and not read yet.
    Q_INVOKABLE void giveUp();
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
    void start_over();
    void remove_folder(const QString& folder);
    void change_alone(const std::function<Status()>& change);
    void watch();
    void take_change();
    void start_indexing(std::vector<std::filesystem::path> paths);
    void take_report(const Result<IngestReport>& report);
    void read_overview();
    void take_overview(const Result<LibraryOverview>& overview);

    Assistant& m_assistant;
    LibraryDetails m_details;
    DropPreviewController m_preview;
    LibraryOverview m_library;
    bool m_loaded = false;
    bool m_any_ready = false;
    QString m_error;
    IngestProgress m_progress;
    int m_n_indexing = 0;
    bool m_indexing_stopped = false;
    bool m_stop_wanted = false;        ///< by a person
    bool m_changed_meanwhile = false;  ///< files did, while others were read
    QTimer m_inbox_timer;
    QTimer m_overview_timer;
    std::mutex m_inbox_mutex;
    Inbox m_inbox;
    std::vector<std::stop_source> m_index_runs;
    /// Ends the watching before this is gone, and after the last worker that may begin it.
    struct Watching {
        Assistant& assistant;
        ~Watching();
    } m_watching;
    JobThread m_look_worker;  ///< the workers last: they use what is above
    JobThread m_ingest_worker;
};

}  // namespace lectern
