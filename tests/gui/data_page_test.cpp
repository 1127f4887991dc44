// A person's data in the window: shown, moved and deleted, by the page and by the next start.
#include <QProcess>
#include <fstream>

#include "app/core/data_place.h"
#include "app/core/paths.h"
#include "app/gui/data_controller.h"
#include "app/gui/data_work_controller.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
namespace fs = std::filesystem;

namespace {

/// LECTERN_HOME is a folder of the test's own while this lives, with some data in it.
struct OwnHome {
    TempDir dir;
    fs::path home = dir / "home";
    QByteArray before = qgetenv("LECTERN_HOME"), models_before = qgetenv("LECTERN_MODELS");

    OwnHome() {
        qputenv("LECTERN_HOME", QByteArray::fromStdString(home.string()));
        qunsetenv("LECTERN_MODELS");
        fs::create_directories(home / "library" / "kv");
        fs::create_directories(home / "models");
        std::ofstream(home / "library" / "kv" / "a.kv") << std::string(3'000'000, 'k');
        std::ofstream(home / "models" / "a.gguf") << std::string(9'000'000, 'm');
    }
    ~OwnHome() {
        before.isNull() ? qunsetenv("LECTERN_HOME") : qputenv("LECTERN_HOME", before);
        if (!models_before.isNull()) qputenv("LECTERN_MODELS", models_before);
    }
};

void open_settings(WindowFixture& shown) {
    shown.press(Qt::Key_Comma, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.find("deleteDataButton") != nullptr; }));
    REQUIRE(wait_until([&] { return !shown.text_of("dataTotal").isEmpty(); }));
}

void press_button(WindowFixture& shown, const QString& name) {
    shown.find(name)->forceActiveFocus();
    shown.press(Qt::Key_Space);
}

/// In dialogs, too.
QQuickItem* in_window(WindowFixture& shown, const QString& name) {
    for (QQuickItem* item : shown.window().findChildren<QQuickItem*>(name))
        if (item->isVisible()) return item;
    return nullptr;
}

/// Starts the real program until it has done its work; ends it then.
bool run_until(const fs::path& home, const std::function<bool()>& holds) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LECTERN_HOME", QString::fromStdString(home.string()));
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.start(LECTERN_EXECUTABLE, QStringList());
    REQUIRE(process.waitForStarted());
    const bool held = wait_until(holds, 30000);
    process.terminate();
    process.waitForFinished(30000);
    return held;
}

}  // namespace

TEST_CASE("the page shows where the data lies and how much each part takes") {
    start_application();
    const OwnHome own;
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    CHECK(shown.text_of("dataFolder").toStdString() == own.home.string());
    CHECK(shown.text_of("dataTotal") == "12.0 MB");
    shown.find("deleteDataButton")->forceActiveFocus();
    shown.grab("settings_data");
    const QVariantList parts = shown.controller().data()->parts();
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].toMap() == QVariantMap{{"name", "Prepared passages"}, {"size", "3.0 MB"}});
    CHECK(parts[1].toMap() == QVariantMap{{"name", "Models"}, {"size", "9.0 MB"}});
}

TEST_CASE("deleting says what goes and asks first; the window then closes for the start to do it") {
    start_application();
    const OwnHome own;
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    press_button(shown, "deleteDataButton");
    REQUIRE(wait_until([&] { return in_window(shown, "dialogText") != nullptr; }));
    const QString said = in_window(shown, "dialogText")->property("text").toString();
    CHECK(said.contains("Models: 9.0 MB"));
    CHECK(said.contains("Your documents stay"));
    shown.grab("delete_dialog");
    CHECK(shown.focused() == "dialogCancel");
    shown.press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return in_window(shown, "dialogText") == nullptr; }));
    CHECK_FALSE(*requested_data_work(data_folders()));
    CHECK_FALSE(shown.controller().data()->restart_wanted());

    press_button(shown, "deleteDataButton");
    REQUIRE(wait_until([&] { return in_window(shown, "dialogAccept") != nullptr; }));
    in_window(shown, "dialogAccept")->forceActiveFocus();
    shown.press(Qt::Key_Space);
    CHECK(wait_until([&] { return shown.controller().data()->restart_wanted(); }));
    CHECK(wait_until([&] { return !shown.window().isVisible(); }));
    const auto work = requested_data_work(data_folders());
    REQUIRE((work && *work));
    CHECK((*work)->to.empty());
    CHECK(fs::exists(own.home / "models" / "a.gguf"));  // not before the next start

    DataWorkController deleting(data_folders(), **work);
    deleting.start();
    CHECK(wait_until([&] { return deleting.state() == DataWorkController::Done; }));
    CHECK_FALSE(deleting.goes_on());
    CHECK(deleting.progress() == 1);
    CHECK_FALSE(fs::exists(own.home));
}

TEST_CASE("a move is planned, confirmed, and done at the start, with its progress") {
    start_application();
    const OwnHome own;
    DataController data(data_folders());
    QString question, refused;
    QObject::connect(&data, &DataController::movePlanned, [&](const QString& q) { question = q; });
    QObject::connect(&data, &DataController::refused, [&](const QString& r) { refused = r; });
    data.planMove(QUrl::fromLocalFile(QString::fromStdString((own.home / "library").string())));
    CHECK(wait_until([&] { return refused.startsWith("Your data lies there already."); }));
    const fs::path to = own.dir / "drive";
    data.planMove(QUrl::fromLocalFile(QString::fromStdString(to.string())));
    REQUIRE(wait_until([&] { return !question.isEmpty(); }));
    CHECK(question.startsWith("12.0 MB will be copied to " + QString::fromStdString(to.string())));
    data.move();
    REQUIRE(wait_until([&] { return data.restart_wanted(); }));

    CHECK(run_until(own.home,
                    [&] { return data_folder() == to && !*requested_data_work(data_folders()); }));
    CHECK(fs::file_size(to / "models" / "a.gguf") == 9'000'000);
    CHECK_FALSE(*requested_data_work(data_folders()));
}

TEST_CASE("a move can be given up while it runs, and the data stays where it was") {
    start_application();
    const OwnHome own;
    const fs::path to = own.dir / "drive";
    REQUIRE(request_data_work(data_folders(), {.to = to, .from = {}}));
    DataWorkController moving(data_folders(), **requested_data_work(data_folders()));
    QStringList told;
    QObject::connect(&moving, &DataWorkController::progressed,
                     [&] { told << moving.progressText(); });
    moving.start();
    moving.giveUp();
    CHECK(moving.state() == DataWorkController::GivingUp);
    CHECK(wait_until([&] { return moving.state() == DataWorkController::Done; }));
    CHECK(moving.goes_on());
    if (data_folder() == own.home) CHECK_FALSE(fs::exists(to));
    CHECK(fs::exists(data_folder() / "models" / "a.gguf"));
}

TEST_CASE("a move that fails says why, and can be tried again or left") {
    start_application();
    const OwnHome own;
    const fs::path to = own.dir / "file" / "drive";
    std::ofstream(own.dir / "file");
    DataWorkController moving(data_folders(), {.to = to, .from = own.home});
    moving.start();
    REQUIRE(wait_until([&] { return moving.state() == DataWorkController::Failed; }));
    CHECK_FALSE(moving.problem().isEmpty());
    fs::remove(own.dir / "file");
    fs::create_directories(own.dir / "file");
    moving.start();
    CHECK(moving.problem().isEmpty());
    REQUIRE(wait_until([&] { return moving.state() == DataWorkController::Done; }));
    CHECK(data_folder() == to);
}

TEST_CASE("data on a drive that is not connected is asked for, and nothing is made in its place") {
    start_application();
    const OwnHome own;
    CHECK(check_data_folder());
    std::ofstream(data_folder_note(own.home)) << (own.dir / "drive").string();
    const Status there = check_data_folder();
    REQUIRE_FALSE(there);
    CHECK(there.error().hint == "Connect its drive and start again.");
    QProcess process;
    CHECK(run_until(own.home, [&] { return fs::exists(own.home / "window.json"); }));
    CHECK_FALSE(fs::exists(own.dir / "drive"));
    fs::create_directories(own.dir / "drive");
    CHECK(check_data_folder());
}
