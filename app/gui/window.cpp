#include "app/gui/window.h"

#include <QDir>
#include <QGuiApplication>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QVariant>
#include <cstdio>
#include <memory>

#include "app/core/data_place.h"
#include "app/core/local_assistant.h"
#include "app/core/paths.h"
#include "app/gui/application.h"
#include "app/gui/assistant_controller.h"
#include "app/gui/first_frame.h"
#include "app/gui/languages.h"
#include "app/gui/offline_network.h"
#include "app/gui/read_only_keys.h"
#include "app/gui/single_instance.h"
#include "app/gui/start.h"
#include "app/gui/unopened_desk.h"
#include "app/gui/watched_application.h"
#include "app/gui/window_state.h"

namespace lectern {
namespace {

/// Stands in where the library could not be opened: answers everything with the reason.
class UnopenedAssistant : public Assistant {
  public:
    explicit UnopenedAssistant(Error reason) : reason_(reason), desk_(std::move(reason)) {}

    Result<Answer> ask(const std::string&, const AskOptions&, const AskEvents&,
                       std::stop_token) override {
        return tl::unexpected(reason_);
    }
    void forget_conversation() override {}
    void take_back(int) override {}
    SavedConversation conversation() override { return {}; }
    Status resume(const SavedConversation&, std::stop_token) override {
        return tl::unexpected(reason_);
    }
    Result<int> repair(std::stop_token) override { return tl::unexpected(reason_); }
    Result<bool> calibrate(std::stop_token) override { return tl::unexpected(reason_); }
    Result<std::int64_t> precompute(std::stop_token) override { return tl::unexpected(reason_); }
    Result<int> prefetch(const std::string&, std::stop_token) override {
        return tl::unexpected(reason_);
    }
    Result<IngestReport> index(const std::vector<std::filesystem::path>&, KvPolicy,
                               const IngestEvents&, std::stop_token) override {
        return tl::unexpected(reason_);
    }
    Status remove(const std::filesystem::path&) override { return tl::unexpected(reason_); }
    Result<ParsedDocument> read_document(const std::filesystem::path&, std::stop_token) override {
        return tl::unexpected(reason_);
    }
    LibraryDesk& desk() override { return desk_; }
    Result<LibraryOverview> overview() override { return tl::unexpected(reason_); }
    Result<std::vector<std::filesystem::path>> document_paths() override {
        return tl::unexpected(reason_);
    }
    ModelState model() override { return {}; }
    void choose(const EngineChoices&) override {}
    Status set_kv_policy(KvPolicy) override { return tl::unexpected(reason_); }
    Status set_kv_budget(std::int64_t) override { return tl::unexpected(reason_); }

  private:
    Error reason_;
    UnopenedDesk desk_;
};

std::unique_ptr<Assistant> open_assistant() {
    auto opened = LocalAssistant::open(AssistantOptions{});
    if (opened) return std::move(*opened);
    return std::make_unique<UnopenedAssistant>(opened.error());
}

void follow_other_starts(SingleInstance& instance, QQuickWindow& window,
                         LibraryController& library) {
    QObject::connect(&instance, &SingleInstance::opened, &window,
                     [&window, &library](const QList<QUrl>& urls) {
                         if (window.windowStates() & Qt::WindowMinimized) window.showNormal();
                         window.raise();
                         window.requestActivate();
                         library.preview()->add(urls);
                     });
    library.preview()->add(instance.take_waiting());
}

void follow_language(Languages& languages, QQmlEngine& engine, AssistantController& controller) {
    SettingsController& settings = *controller.settings();
    QObject::connect(&settings, &SettingsController::changed, &engine, [&] {
        const QString before = languages.current();
        languages.use(settings.language());
        if (languages.current() == before) return;
        settings.refresh();  // its texts were made when it was filled
        retranslate(engine, controller);
    });
}

/// The exit status; restart: the program is to start again behind it.
int show_window(SingleInstance& instance, const QList<QUrl>& documents, Languages& languages,
                bool& restart) {
    const std::unique_ptr<Assistant> assistant = open_assistant();
    const auto chats = check_data_folder() ? chats_file() : std::filesystem::path();
    AssistantController controller(*assistant, chats, settings_file());
    languages.use(controller.settings()->language());
    OfflineNetworkFactory offline;
    QQmlApplicationEngine engine;
    engine.setNetworkAccessManagerFactory(&offline);
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    const auto state_file = configuration_folder() / "window.json";
    QVariantMap properties = restored_window(state_file);
    properties[QStringLiteral("assistant")] = QVariant::fromValue(&controller);
    engine.setInitialProperties(properties);
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Lectern/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    auto& window = *qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    const WindowState state(window, state_file);
    report_first_frame(window);
    follow_language(languages, engine, controller);
    follow_other_starts(instance, window, *controller.library());
    controller.library()->preview()->add(documents);
    const int status = QGuiApplication::exec();
    restart = controller.data()->restart_wanted();
    return status;
}

}  // namespace

int run_window(int argc, char** argv) {
    QGuiApplication::setApplicationName(QStringLiteral("lectern"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Lectern"));
    QGuiApplication::setDesktopFileName(QLatin1String(kDesktopEntry));
    const std::unique_ptr<QGuiApplication> application =
        qEnvironmentVariableIsSet("LECTERN_LONGEST_EVENT")
            ? std::make_unique<WatchedApplication>(argc, argv)
            : std::make_unique<QGuiApplication>(argc, argv);
    QGuiApplication::setWindowIcon(application_icon());
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    pass_keys_by_read_only_texts(*application);
    Languages languages;

    bool restart = false;
    int status = 0;
    {
        SingleInstance instance(configuration_folder());
        const QList<QUrl> documents =
            document_urls(QGuiApplication::arguments().mid(1), QDir::currentPath());
        if (!instance.begin()) return hand_over(instance, documents);
        if (!finish_data_work(languages)) return 0;
        status = show_window(instance, documents, languages, restart);
    }
    if (restart && !QProcess::startDetached(QGuiApplication::applicationFilePath(), {}))
        std::fputs("Lectern could not start itself again. Start it to go on.\n", stderr);
    return status;
}

}  // namespace lectern
