// The settings as the window deals with them: chosen, applied at once, kept.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QVariant>
#include <QtQmlIntegration>
#include <atomic>
#include <filesystem>
#include <optional>

#include "app/core/assistant.h"
#include "app/core/settings.h"
#include "app/gui/job_thread.h"
#include "app/gui/settings_model.h"
#include "app/gui/system_motion.h"
#include "app/gui/text_size.h"

namespace lectern {

/// Belongs to the window's thread. The file is read when it is made (the first frame has its
/// colours from it) and written by a worker, half a second behind the last choice at the latest;
/// destroying it writes what is left. The worker also tells the library and looks at the machine.
/// The assistant outlives it.
class SettingsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(lectern::SettingsModel* list READ list CONSTANT)
    Q_PROPERTY(QString theme READ theme NOTIFY changed)
    Q_PROPERTY(bool still READ still NOTIFY changed)
    Q_PROPERTY(bool offline READ offline NOTIFY changed)

  public:
    /// file: empty: nothing is kept.
    SettingsController(Assistant& assistant, std::filesystem::path file, QObject* parent = nullptr);
    ~SettingsController() override;

    SettingsModel* list() { return &m_list; }
    QString theme() const;  ///< system, light or dark
    /// "system" or a code, as Languages takes it.
    QString language() const { return QString::fromStdString(m_settings.language); }
    /// Nothing moves: by choice, or because the system asks for it.
    bool still() const;
    bool offline() const { return m_settings.offline; }

    const Settings& settings() const { return m_settings; }
    AskOptions ask_options() const;
    /// What went wrong with the file, as it was read; once.
    QString take_problems();
    /// What the library keeps of the settings.
    void show_library(const LibraryOverview& overview);

    /// Empty, or why it cannot be this value, in a sentence.
    Q_INVOKABLE QString choose(const QString& id, const QVariant& value);
    /// The stop of a choice or a stepper.
    Q_INVOKABLE void chooseStop(const QString& id, int stop);
    Q_INVOKABLE void reset(const QString& id);
    /// Looks again for models and at the machine.
    Q_INVOKABLE void refresh();

  signals:
    void changed();
    void engineChosen();   ///< the assistant was told
    void libraryChosen();  ///< the library has it
    void failed(const QString& message);

  private:
    void show_values();
    void choose_of_library(const QString& id, const QVariant& value);
    void save();

    Assistant& m_assistant;
    const std::filesystem::path m_file;
    Settings m_settings;
    QStringList m_problems;
    SettingsModel m_list;
    SystemMotion m_motion;
    TextSize m_text_size;
    QTimer m_save_timer;
    std::atomic<bool> m_unsaved{false};
    std::optional<JobThread> m_worker;  ///< last: it uses what is above
};

}  // namespace lectern
