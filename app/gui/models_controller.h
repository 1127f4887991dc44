// The models as the window deals with them: what there is, getting, taking in, measuring, choosing
// and removing.
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>
#include <QVariantList>
#include <QtQmlIntegration>
#include <memory>
#include <optional>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/model_shelf.h"
#include "app/core/network_log.h"
#include "app/core/settings.h"
#include "app/gui/job_thread.h"
#include "app/gui/model_list_model.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: one worker looks at what there is, one
/// downloads, one checks, measures, takes in and removes. Nothing touches the network but what the
/// person began. Destroying it stops the workers and waits for them; downloads go on when they are
/// begun again. The assistant outlives it.
class ModelsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(lectern::ModelListModel* list READ list CONSTANT)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString offerName READ offerName NOTIFY changed)
    Q_PROPERTY(QString offerText READ offerText NOTIFY changed)
    Q_PROPERTY(QString alsoNeeded READ alsoNeeded NOTIFY changed)
    Q_PROPERTY(QString brief READ brief NOTIFY briefChanged)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged)
    Q_PROPERTY(bool messageIsProblem READ messageIsProblem NOTIFY messageChanged)
    Q_PROPERTY(QString swapText READ swapText NOTIFY swapChanged)

  public:
    explicit ModelsController(Assistant& assistant, QObject* parent = nullptr);
    ~ModelsController() override;

    ModelListModel* list() { return &m_list; }
    bool loaded() const { return m_loaded; }
    QString offerName() const { return m_offer_name; }  ///< empty: nothing is offered
    QString offerText() const { return m_offer_text; }
    /// What a download brings along, because nothing can be found without it; empty: nothing.
    QString alsoNeeded() const;
    QString brief() const { return m_brief; }      ///< of the download under way; empty: none is
    QString message() const { return m_message; }  ///< of what concerns no model of the list
    bool messageIsProblem() const { return m_message_is_problem; }
    /// What another model means for the passages' caches; empty: none was chosen.
    QString swapText() const { return m_swap_text; }

    /// What was chosen: for the network, and for measuring.
    void follow(const Settings& settings) { m_settings = settings; }
    const Settings& settings() const { return m_settings; }

    /// Measures the model in use, unless it was, so that the offer can tell a speed. Once.
    void measure_for_offer();
    /// Looks again at what there is.
    Q_INVOKABLE void refresh();
    /// With the first answering model also the model that finds passages, if there is none.
    Q_INVOKABLE void download(const QString& name);
    void download_model_of_hub(const CatalogueModel& model);
    /// What came stays, and download() goes on from there.
    Q_INVOKABLE void pause(const QString& name);
    /// What came is thrown away.
    Q_INVOKABLE void cancel(const QString& name);
    Q_INVOKABLE void verify(const QString& name);
    Q_INVOKABLE void measure(const QString& name);
    /// Ends verifying or measuring.
    Q_INVOKABLE void stopWork(const QString& name);
    Q_INVOKABLE void use(const QString& name);
    Q_INVOKABLE void remove(const QString& name);
    Q_INVOKABLE void importFile(const QUrl& url);
    /// Takes in the GGUF files among them. Returns the others.
    Q_INVOKABLE QList<QUrl> importDropped(const QList<QUrl>& urls);
    Q_INVOKABLE void dismissOffer();
    Q_INVOKABLE void dismissMessage();
    Q_INVOKABLE void dismissSwap();

  signals:
    void changed();
    void briefChanged();
    void messageChanged();
    void swapChanged();
    void importBegan();
    /// What is installed is other than it was.
    void installedChanged();
    /// The person wants this model to answer: a name or path, as Settings::model.
    void modelWanted(const QString& model);

  private:
    void take_shelf(std::vector<ShelfModel> shelf, const std::filesystem::path& used);
    void take_download(const QString& name, const Status& done, bool answers);
    void tell_progress(const QString& name, const DownloadProgress& progress);
    void show_activity(const QString& name, ModelListModel::Activity activity, double share,
                       const QString& progress);
    void show_end(const QString& name, const Status& done, const QString& sentence);
    void start_download(const CatalogueModel& model);
    void show_brief(const QString& brief);
    void show_message(const QString& message, bool is_problem);
    void tell_swap(const QString& title);

    Assistant& m_assistant;
    Settings m_settings;
    NetworkLog m_log;
    ModelListModel m_list;
    bool m_loaded = false;
    bool m_offer_dismissed = false;
    bool m_measured_for_offer = false;
    QString m_offer_name, m_offer_text, m_brief, m_message, m_swap_text;
    bool m_message_is_problem = false;
    QHash<QString, CatalogueModel> m_of_hub;  ///< downloads that the list does not have
    QHash<QString, std::stop_source> m_downloads, m_works;
    QHash<QString, bool> m_dropped;  ///< downloads that were cancelled, not paused
    JobThread m_look_worker;         ///< the workers last: they use what is above
    JobThread m_work_worker;
    JobThread m_download_worker;
};

}  // namespace lectern
