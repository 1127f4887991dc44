// What the desktop gets and gives: the mark, and documents to open.
#include "app/gui/application.h"

#include <QImage>
#include <QProcess>

#include "app/core/local_assistant.h"
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

TEST_CASE("a document that the program is opened with is added to the library") {
    const auto model = find_model(kStarter);
    if (!model || !find_model(kEmbedder)) LECTERN_SKIP("the starter's models are not installed");
    const TempDir home;
    QProcess window;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LECTERN_HOME", QString::fromStdString(home.path().string()));
    environment.insert("LECTERN_MODELS", QString::fromStdString(model->parent_path().string()));
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    window.setProcessEnvironment(environment);
    window.setWorkingDirectory(LECTERN_SOURCE_DIR "/resources/samples");
    window.start(LECTERN_EXECUTABLE, {"zlib-faq.txt"});
    REQUIRE(window.waitForStarted());
    const auto is_added = [&] {
        AssistantOptions options;
        options.library = home.path() / "library";
        const auto assistant = LocalAssistant::open(options);
        if (!assistant) return false;
        const auto overview = (*assistant)->overview();
        return overview && overview->documents == 1;
    };
    start_application();
    CHECK(wait_until(is_added, 60000));
    CHECK(window.state() == QProcess::Running);
    window.terminate();
    CHECK(window.waitForFinished(30000));
}
