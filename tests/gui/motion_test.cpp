// What moves in the window, and for how long: read in the sources, and in the open window.
#include <QDirIterator>
#include <QFile>
#include <QQmlListReference>
#include <QRegularExpression>

#include "app/gui/settings_controller.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

QObject* drawer_of(WindowFixture& shown) {
    QObject* drawer = shown.window().findChild<QObject*>("drawer");
    REQUIRE(drawer != nullptr);
    return drawer;
}

int duration_of(QObject* drawer, const char* transition) {
    auto* moves = drawer->property(transition).value<QObject*>();
    REQUIRE(moves != nullptr);
    const QQmlListReference animations(moves, "animations");
    REQUIRE(animations.count() == 1);
    return animations.at(0)->property("duration").toInt();
}

}  // namespace

TEST_CASE(
    "what the window's own files move takes less than 200 ms, and nothing where it is still") {
    const QRegularExpression moving(
        "\\b\\w*Animation\\b|\\bAnimator\\b|\\bBehavior on\\b|velocity");
    const QRegularExpression duration("duration:\\s*[\\w.]*settings\\.still \\? 0 : (\\d+)\\s*$");
    int n_files = 0, n_moving = 0;
    for (QDirIterator files(LECTERN_SOURCE_DIR "/app/gui", {"*.qml"}, QDir::Files);
         files.hasNext();) {
        QFile file(files.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        ++n_files;
        const QString text = QString::fromUtf8(file.readAll());
        const QStringList lines = text.split('\n');
        // Else the keyboard's way through a list glides at a pace of Qt's own.
        CHECK(text.count("ListView {") == text.count("highlightMoveDuration: 0"));
        int n_here = 0, n_durations = 0;
        for (const QString& line : lines) {
            if (moving.match(line).hasMatch()) ++n_here;
            if (!line.contains("duration:")) continue;
            INFO(file.fileName().toStdString() << ": " << line.toStdString());
            const QRegularExpressionMatch match = duration.match(line);
            REQUIRE(match.hasMatch());
            CHECK(match.captured(1).toInt() < 200);
            ++n_durations;
        }
        INFO(file.fileName().toStdString());
        CHECK(n_here == n_durations);  // none goes at a pace of Qt's own
        n_moving += n_here;
    }
    CHECK(n_files > 40);
    CHECK(n_moving > 0);
}

TEST_CASE("the sidebar slides in a moment, and not at all where no motion is wanted") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    WindowFixture shown(assistant);
    QObject* drawer = drawer_of(shown);
    const auto is_at = [&](double position) {
        return wait_until([&] { return drawer->property("position").toDouble() == position; });
    };
    shown.window().setWidth(600);
    REQUIRE(wait_until([&] { return shown.find("sidebarButton") != nullptr; }));
    shown.press(Qt::Key_F9);  // what moves is made with the first move
    REQUIRE(is_at(1));
    shown.press(Qt::Key_F9);
    REQUIRE(is_at(0));
    for (const char* transition : {"enter", "exit"}) {
        CHECK(duration_of(drawer, transition) > 0);
        CHECK(duration_of(drawer, transition) < 200);
    }
    REQUIRE(shown.controller().settings()->choose("motion", "none").isEmpty());
    for (const char* transition : {"enter", "exit"}) CHECK(duration_of(drawer, transition) == 0);
    shown.press(Qt::Key_F9);
    CHECK(is_at(1));
}
