// A person's data as the settings page deals with it: where it lies, how much it is, moving it and
// deleting it at the next start.
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>
#include <QVariantList>
#include <QtQmlIntegration>
#include <optional>

#include "app/core/data_work.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: a worker looks at the files. What is asked
/// for is done when the program starts anew (data_work.h), which restartWanted asks for.
class DataController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(QString folder READ folder NOTIFY changed)
    Q_PROPERTY(QVariantList parts READ parts NOTIFY changed)
    Q_PROPERTY(QString total READ total NOTIFY changed)

  public:
    /// folders: where configuration and data lie.
    explicit DataController(DataFolders folders, QObject* parent = nullptr);
    ~DataController() override;

    QString folder() const;
    /// One map for each part that takes any: name, size.
    QVariantList parts() const { return m_parts; }
    QString total() const { return m_total; }  ///< empty: not known yet
    /// The program is to start again when the window is closed.
    bool restart_wanted() const { return m_restart_wanted; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void openFolder();
    /// Looks whether the data can go there: movePlanned or refused follows.
    Q_INVOKABLE void planMove(const QUrl& folder);
    /// As it was planned last.
    Q_INVOKABLE void move();
    Q_INVOKABLE void deleteAll();

  signals:
    void changed();
    /// question: what is going to happen, for the person to confirm.
    void movePlanned(const QString& question);
    void refused(const QString& message);
    void restartWanted();

  private:
    void request(const DataWork& work);

    const DataFolders m_folders;
    QVariantList m_parts;
    QString m_total;
    std::optional<MovePlan> m_plan;
    bool m_restart_wanted = false;
    std::stop_source m_looking;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
