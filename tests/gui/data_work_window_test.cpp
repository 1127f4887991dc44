// The window over moving and deleting the data, before the application opens.
#include <QQmlApplicationEngine>
#include <QTest>
#include <fstream>
#include <optional>

#include "app/core/paths.h"
#include "app/gui/data_work_controller.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
namespace fs = std::filesystem;

namespace {

/// Some data in a folder of the test's own, and the window over the work on it.
struct WorkWindow {
    TempDir dir;
    DataFolders folders{dir / "config", dir / "data"};
    std::unique_ptr<DataWorkController> work;
    std::optional<QQmlApplicationEngine> engine;
    QQuickWindow* window = nullptr;

    explicit WorkWindow(const std::string& to) {
        start_application();
        fs::create_directories(folders.data / "models");
        fs::create_directories(folders.configuration);
        std::ofstream(folders.data / "models" / "a.gguf") << std::string(1'000'000, 'm');
        const DataWork wanted{to.empty() ? fs::path() : dir / to, folders.data};
        work = std::make_unique<DataWorkController>(folders, wanted);
        engine.emplace();
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine->setInitialProperties({{QStringLiteral("work"), QVariant::fromValue(work.get())}});
        engine->load(QUrl(QStringLiteral("qrc:/qt/qml/Lectern/DataWorkWindow.qml")));
        REQUIRE(engine->rootObjects().size() == 1);
        window = qobject_cast<QQuickWindow*>(engine->rootObjects().constFirst());
        REQUIRE(QTest::qWaitForWindowActive(window));
    }
    ~WorkWindow() {
        for (QObject* root : engine->rootObjects()) delete root;  // before what it shows
    }
    QQuickItem* find(const QString& name) const {
        for (QQuickItem* item : window->findChildren<QQuickItem*>(name))
            if (item->isVisible()) return item;
        return nullptr;
    }
    QString text_of(const QString& name) const {
        const QQuickItem* item = find(name);
        return item == nullptr ? QString() : item->property("text").toString();
    }
    void press(const QString& name) const {
        REQUIRE(find(name) != nullptr);
        find(name)->forceActiveFocus();
        QTest::keyClick(window, Qt::Key_Space);
    }
    void grab(const QString& name) const {
        const QString folder = qEnvironmentVariable("LECTERN_SHOTS");
        if (folder.isEmpty()) return;
        QTest::qWait(300);
        REQUIRE(window->grabWindow().save(folder + QLatin1Char('/') + name + ".png"));
    }
};

}  // namespace

TEST_CASE("the window over a move tells how far it is, and closes when all is moved") {
    const WorkWindow shown("drive");
    CHECK(shown.text_of("workTitle") == "Moving your data");
    CHECK(shown.text_of("workText") == "Looking at the files…");
    CHECK(shown.find("giveUpButton") != nullptr);
    shown.grab("data_moving");
    QStringList told;
    QObject::connect(shown.work.get(), &DataWorkController::progressed,
                     [&] { told << shown.text_of("workText"); });
    shown.work->start();
    CHECK(wait_until([&] { return !shown.window->isVisible(); }));
    CHECK(shown.work->goes_on());
    REQUIRE_FALSE(told.isEmpty());
    CHECK(told.back() == "1.0 MB of 1.0 MB");
    CHECK(fs::exists(shown.dir / "drive" / "models" / "a.gguf"));
}

TEST_CASE("a move that fails is told in its window; Esc leaves the data, and the window closes") {
    const WorkWindow shown("file/drive");
    std::ofstream(shown.dir / "file") << "no folder";
    shown.work->start();
    REQUIRE(wait_until([&] { return shown.find("tryAgainButton") != nullptr; }));
    CHECK_FALSE(shown.text_of("workProblem").isEmpty());
    CHECK(shown.text_of("giveUpButton") == "Leave the data where it is");
    shown.grab("data_failed");
    shown.press("tryAgainButton");
    REQUIRE(wait_until([&] { return shown.find("tryAgainButton") != nullptr; }));
    fs::remove(shown.dir / "file");
    QTest::keyClick(shown.window, Qt::Key_Escape);
    CHECK(wait_until([&] { return !shown.window->isVisible(); }));
    CHECK(shown.work->goes_on());
    CHECK(fs::exists(shown.folders.data / "models" / "a.gguf"));
}

TEST_CASE("when all data was deleted its window says so, and nothing opens behind it") {
    const WorkWindow shown("");
    CHECK(shown.text_of("workTitle") == "Deleting your data");
    shown.work->start();
    REQUIRE(wait_until([&] { return shown.find("closeWorkButton") != nullptr; }));
    CHECK(shown.text_of("workTitle") == "All data was deleted.");
    CHECK_FALSE(fs::exists(shown.folders.data));
    CHECK_FALSE(fs::exists(shown.folders.configuration));
    shown.grab("data_deleted");
    shown.press("closeWorkButton");
    CHECK(wait_until([&] { return !shown.window->isVisible(); }));
    CHECK_FALSE(shown.work->goes_on());
}
