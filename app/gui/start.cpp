#include "app/gui/start.h"

#include <spdlog/spdlog.h>

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QVariant>
#include <cstdio>

#include "app/core/paths.h"
#include "app/gui/data_work_controller.h"
#include "app/gui/setting_entry.h"

namespace lectern {
namespace {

Settings chosen_settings() {
    const LoadedSettings loaded = load_settings(settings_file());
    for (const std::string& problem : loaded.problems) spdlog::warn("{}", problem);
    return loaded.settings;
}

}  // namespace

int hand_over(const SingleInstance& instance, const QList<QUrl>& urls) {
    const Status handed = instance.hand_over(urls);
    if (handed) return 0;
    std::fprintf(stderr, "error: %s\n", handed.error().text().c_str());
    return 1;
}

bool finish_data_work(Languages& languages) {
    const DataFolders folders = data_folders();
    const Result<std::optional<DataWork>> work = requested_data_work(folders);
    if (!work) spdlog::warn("{}", work.error().text());
    if (!work || !*work) return true;
    const Settings settings = chosen_settings();
    languages.use(QString::fromStdString(settings.language));
    DataWorkController controller(folders, **work);
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties(
        {{QStringLiteral("work"), QVariant::fromValue(&controller)},
         {QStringLiteral("theme"), to_variant(find_setting("theme")->get(settings))}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Lectern/DataWorkWindow.qml")));
    if (engine.rootObjects().isEmpty()) return false;
    controller.start();
    QGuiApplication::exec();
    return controller.goes_on();
}

}  // namespace lectern
