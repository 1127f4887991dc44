// What the settings change of the assistant's work, in the window.
#include "app/gui/assistant_controller.h"

namespace lectern {

void AssistantController::follow_settings() {
    show_notice(m_settings.take_problems());
    connect(&m_settings, &SettingsController::failed, this, &AssistantController::show_notice);
    m_models.follow(m_settings.settings());
    connect(&m_settings, &SettingsController::changed, &m_models,
            [this] { m_models.follow(m_settings.settings()); });
    connect(&m_models, &ModelsController::modelWanted, &m_settings,
            [this](const QString& model) { m_settings.choose(QStringLiteral("model"), model); });
    connect(&m_models, &ModelsController::installedChanged, &m_settings,
            &SettingsController::refresh);
    connect(&m_settings, &SettingsController::engineChosen, this, [this] {
        m_idle_work.request_stop();
        m_calibrate_wanted = m_precompute_wanted = true;
        refresh();
        work_when_idle();
    });
    connect(&m_settings, &SettingsController::libraryChosen, this, [this] {
        m_precompute_wanted = true;
        m_library.refresh();
        work_when_idle();
    });
    connect(&m_library, &LibraryController::changed, this,
            [this] { m_settings.show_library(m_library.overview()); });
}

}  // namespace lectern
