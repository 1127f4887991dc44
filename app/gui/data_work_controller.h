// Moving or deleting the data at the start, as its window shows it.
#pragma once

#include <QObject>
#include <QString>
#include <QtQmlIntegration>
#include <mutex>
#include <optional>

#include "app/core/data_work.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread; the work runs on a worker. Destroying it stops the work, which
/// the next start goes on with.
class DataWorkController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes it.")
    Q_PROPERTY(bool moving READ moving CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY progressed)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressed)
    Q_PROPERTY(QString currentFile READ currentFile NOTIFY progressed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

  public:
    enum State { Working, GivingUp, Failed, Done };
    Q_ENUM(State)

    DataWorkController(DataFolders folders, DataWork work, QObject* parent = nullptr);
    ~DataWorkController() override;

    bool moving() const { return !m_work.to.empty(); }  ///< else deleting
    State state() const { return m_state; }
    double progress() const;  ///< 0…1
    QString progressText() const;
    QString currentFile() const { return QString::fromStdString(m_progress.current); }
    QString problem() const { return m_problem; }
    /// Whether the application is to open behind this: the data is there.
    bool goes_on() const { return m_goes_on; }

    /// Also behind a failure.
    Q_INVOKABLE void start();
    Q_INVOKABLE void giveUp();

  signals:
    void changed();
    void progressed();
    void finished();  ///< the window can be closed

  private:
    void take(const Status& done);
    void show_progress();

    const DataFolders m_folders;
    const DataWork m_work;
    State m_state = Working;
    DataProgress m_progress;
    QString m_problem;
    bool m_goes_on = false;
    std::mutex m_inbox_mutex;
    std::optional<DataProgress> m_inbox;
    std::stop_source m_run;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
