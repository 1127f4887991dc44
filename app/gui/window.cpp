#include "app/gui/window.h"

#include <QDir>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QVariant>
#include <memory>

#include "app/core/local_assistant.h"
#include "app/core/paths.h"
#include "app/gui/application.h"
#include "app/gui/assistant_controller.h"
#include "app/gui/first_frame.h"
#include "app/gui/offline_network.h"

namespace lectern {
namespace {

/// Stands in where the library could not be opened: answers everything with the reason.
class UnopenedAssistant : public Assistant {
  public:
    explicit UnopenedAssistant(Error reason) : reason_(std::move(reason)) {}

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
};

std::unique_ptr<Assistant> open_assistant() {
    auto opened = LocalAssistant::open(AssistantOptions{});
    if (opened) return std::move(*opened);
    return std::make_unique<UnopenedAssistant>(opened.error());
}

}  // namespace

int run_window(int argc, char** argv) {
    QGuiApplication::setApplicationName(QStringLiteral("lectern"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Lectern"));
    QGuiApplication::setDesktopFileName(QLatin1String(kDesktopEntry));
    QGuiApplication application(argc, argv);
    QGuiApplication::setWindowIcon(application_icon());
    QQuickStyle::setStyle(QStringLiteral("Fusion"));

    const std::unique_ptr<Assistant> assistant = open_assistant();
    AssistantController controller(*assistant, chats_file());
    OfflineNetworkFactory offline;
    QQmlApplicationEngine engine;
    engine.setNetworkAccessManagerFactory(&offline);
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("assistant"), QVariant::fromValue(&controller)}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Lectern/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    if (auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst()))
        report_first_frame(*window);
    controller.library()->addPaths(
        document_urls(QGuiApplication::arguments().mid(1), QDir::currentPath()));
    return QGuiApplication::exec();
}

}  // namespace lectern
