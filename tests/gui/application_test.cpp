// What the desktop gets and gives: the mark, and documents to open.
#include "app/gui/application.h"

#include <QImage>
#include <QProcess>
#include <QRegularExpression>

#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("the mark is drawn at every size that desktops ask for") {
    start_application();
    for (const int size : {16, 24, 48, 128, 256}) {
        INFO(size);
        const QImage drawn = application_icon().pixmap(size).toImage();
        REQUIRE(drawn.width() == size);
        CHECK(drawn.pixelColor(0, 0).alpha() < 64);                               // round corners
        CHECK(drawn.pixelColor(size / 2, size / 10) == QColor(0x1d5a9e));         // the tile
        CHECK(drawn.pixelColor(size * 3 / 10, size * 4 / 10).lightness() > 200);  // a page
    }
}

TEST_CASE("documents on the command line are paths from the folder it runs in, or URLs") {
    const QList<QUrl> urls = document_urls(
        {"/data/100% done?.pdf", "notes.txt", "../plan.md", "file:///data/a%20b.html"}, "/home/me");
    REQUIRE(urls.size() == 4);
    CHECK(urls[0].toLocalFile() == "/data/100% done?.pdf");
    CHECK(urls[1].toLocalFile() == "/home/me/notes.txt");
    CHECK(urls[2].toLocalFile() == "/home/plan.md");
    CHECK(urls[3].toLocalFile() == "/data/a b.html");
    CHECK(document_urls({}, "/home/me").isEmpty());
}

namespace {

/// The real program with a window, in a home of the test's own.
struct RunningWindow {
    QProcess process;

    RunningWindow(const TempDir& home, const QStringList& arguments) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("LECTERN_HOME", QString::fromStdString(home.path().string()));
        environment.insert("LECTERN_MODELS", QString::fromStdString(models_folder().string()));
        environment.insert("LECTERN_FIRST_FRAME", "1");
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(LECTERN_SOURCE_DIR "/resources/samples");
        process.start(LECTERN_EXECUTABLE, arguments);
        REQUIRE(process.waitForStarted());
    }
    ~RunningWindow() {
        process.terminate();
        process.waitForFinished(30000);
    }
};

}  // namespace

TEST_CASE("a document that the program is opened with is asked about before it is read") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    shown.controller().library()->preview()->add(document_urls({"notes.txt"}, "/nowhere"));
    REQUIRE(wait_until([&] { return shown.text_of("previewTitle") == "Read 1 document?"; }));
    CHECK(assistant.n_indexed == 0);
    shown.press(Qt::Key_Return);
    CHECK(wait_until([&] { return assistant.indexed().size() == 1; }));
    CHECK(assistant.indexed().front() == "/nowhere/notes.txt");
}

TEST_CASE("the window tells how long its first frame took") {
    start_application();
    const TempDir home;
    RunningWindow window(home, {});
    QByteArray said;
    CHECK(wait_until(
        [&] {
            window.process.waitForReadyRead(10);
            said += window.process.readAllStandardError();
            return said.contains(" ms\n");
        },
        30000));
    const QRegularExpression line("lectern: first frame after (\\d+) ms\n");
    const QRegularExpressionMatch match = line.match(QString::fromUtf8(said));
    INFO(said.toStdString());
    REQUIRE(match.hasMatch());
    CHECK(match.captured(1).toInt() > 0);
    CHECK(match.captured(1).toInt() < 10000);  // a second where nothing else runs
}
