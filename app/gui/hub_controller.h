// The hub of models as the window deals with it: a search, and a repository's files.
#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/model_hub.h"
#include "app/core/network_log.h"
#include "app/gui/job_thread.h"
#include "app/gui/models_controller.h"

namespace lectern {

/// Belongs to the window's thread; asks on a worker of its own, and only what the person asked for.
/// What it finds is downloaded by the models' controller, which outlives it.
class HubController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(lectern::ModelsController* models MEMBER m_models REQUIRED)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString host READ host CONSTANT)
    Q_PROPERTY(QVariantList repositories READ repositories NOTIFY changed)
    Q_PROPERTY(QString repository READ repository NOTIFY changed)
    Q_PROPERTY(QVariantList files READ files NOTIFY changed)

  public:
    explicit HubController(QObject* parent = nullptr);
    ~HubController() override;

    bool busy() const { return m_busy; }
    QString problem() const { return m_problem; }  ///< also that nothing was found
    QString host() const;
    /// One map each: id, detail, open (its files are given to everybody).
    QVariantList repositories() const;
    QString repository() const { return m_repository; }  ///< whose files are shown
    /// One map each: name, detail.
    QVariantList files() const;

    Q_INVOKABLE void search(const QString& words);
    Q_INVOKABLE void openRepository(const QString& id);
    Q_INVOKABLE void get(const QString& file);

  signals:
    void changed();

  private:
    /// Asks behind what is being asked; an answer to an earlier question is dropped.
    template <class Ask, class Take>
    void ask(Ask ask, Take take);

    ModelsController* m_models = nullptr;
    NetworkLog m_log;
    bool m_busy = false;
    int m_asked = 0;
    QString m_problem, m_repository;
    std::vector<HubRepository> m_repositories;
    std::vector<HubFile> m_files;
    std::stop_source m_stop;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
