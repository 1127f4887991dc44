// The source pane in the real window: opened from an answer's markers, driven by keys and clicks.
#include <QDesktopServices>
#include <QTest>
#include <fstream>

#include "app/core/file_scan.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

const std::string kSamples = std::string(LECTERN_SOURCE_DIR) + "/resources/samples/";

/// A passage of a block of a document as it is read, the n-th that is long enough to be one.
Citation citation_of_block(int number, const std::string& path, int n) {
    const auto document = ReaderRegistry::standard().read(path);
    REQUIRE(document);
    for (const Block& block : document->blocks) {
        if (block.text.size() < 200 || n-- > 0) continue;
        Citation made =
            citation(number, std::filesystem::path(path).filename().string(), block.source.page);
        made.path = path;
        made.text = "Words that stand nowhere in the document.";
        made.sources = {block.source};
        made.stamp = *stamp_of(path);  // unchanged: the noted place counts, whatever the words
        return made;
    }
    FAIL("no such block");
    return {};
}

/// The window with an answer whose marker is source 2.
struct Asked {
    explicit Asked(std::vector<Citation> citations) {
        start_application();
        assistant.set_documents(4);
        assistant.citations = std::move(citations);
        shown.emplace(assistant);
        shown->type("what?");
        shown->press(Qt::Key_Return);
        REQUIRE(wait_until([&] { return assistant.n_asked == 1 && !shown->controller().busy(); }));
    }
    WindowFixture* operator->() { return &*shown; }
    void choose_marker() {
        for (int i = 0; i < 30 && shown->focused() != "answerArea"; ++i) shown->press(Qt::Key_Tab);
        REQUIRE(shown->focused() == "answerArea");
        shown->press(Qt::Key_Return);
        REQUIRE(shown->find("sourcePane") != nullptr);
    }
    bool sees(const QString& name) {
        return wait_until([&] { return shown->find(name) != nullptr; });
    }
    FakeAssistant assistant;
    std::optional<WindowFixture> shown;
};

/// The item's middle is within the window's height.
bool in_sight(WindowFixture& shown, const QString& name) {
    const QQuickItem* item = shown.find(name);
    if (item == nullptr) return false;
    const qreal y = item->mapToScene(QPointF(0, item->height() / 2)).y();
    return y > 80 && y < shown.window().height() - 40;
}

/// A point of the window on the marker of source 2; none: its middle.
QPoint marker_in(WindowFixture& shown) {
    QQuickItem* area = shown.find("answerArea");
    REQUIRE(area != nullptr);
    for (qreal y = 2; y < area->height(); y += 4)
        for (qreal x = 0; x < area->width(); x += 2) {
            QString link;
            QMetaObject::invokeMethod(area, "linkAt", Q_RETURN_ARG(QString, link), Q_ARG(qreal, x),
                                      Q_ARG(qreal, y));
            if (link == "source:2") return area->mapToScene(QPointF(x + 4, y + 4)).toPoint();
        }
    return QPoint(shown.window().width() / 2, shown.window().height() / 2);
}

/// Takes what would be opened in other applications.
class OpenedUrls : public QObject {
    Q_OBJECT
  public:
    OpenedUrls() { QDesktopServices::setUrlHandler("file", this, "take"); }
    ~OpenedUrls() override { QDesktopServices::unsetUrlHandler("file"); }
    QList<QUrl> urls;
  public slots:
    void take(const QUrl& url) { urls << url; }
};

}  // namespace

TEST_CASE(
    "Enter on a marker opens the PDF's page beside the chat, the passage marked, Esc closes") {
    Asked asked(
        {citation(1, "wal.html", 0), citation_of_block(2, kSamples + "bzip2-manual.pdf", 9)});
    CHECK(asked->find("sourcePane") == nullptr);
    asked.choose_marker();
    REQUIRE(asked.sees("pdfPage"));
    CHECK(asked->find("sourceProblem") == nullptr);
    REQUIRE(wait_until([&] { return in_sight(*asked.shown, "passageMark"); }));
    CHECK(asked->text_of("sourceTitle") == "bzip2-manual.pdf");
    CHECK(asked->text_of("sourceDetail").startsWith("page "));
    CHECK(asked->find("questionInput") != nullptr);  // the chat is still there
    REQUIRE(wait_until([&] { return asked->find("pdfPage")->property("drawn").toBool(); }));
    asked->grab("source_pdf");
    CHECK(asked->focused() == "sourceBody");
    asked->press(Qt::Key_Escape);
    CHECK(asked->find("sourcePane") == nullptr);
    CHECK(asked->focused() == "answerArea");
}

TEST_CASE("a PDF is leafed through, grows and shrinks by keys; a new chat closes it") {
    Asked asked(
        {citation(1, "wal.html", 0), citation_of_block(2, kSamples + "bzip2-manual.pdf", 9)});
    asked.choose_marker();
    REQUIRE(asked.sees("pdfPage"));
    REQUIRE(wait_until([&] { return in_sight(*asked.shown, "passageMark"); }));
    const qreal fitting = asked->find("pdfPage")->width();
    asked->press(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(asked->find("pdfPage")->width() == Approx(1.25 * fitting));
    CHECK(asked->text_of("zoomButton") == "125 %");
    CHECK(in_sight(*asked.shown, "passageMark"));
    asked->press(Qt::Key_0, Qt::ControlModifier);
    CHECK(asked->find("pdfPage")->width() == Approx(fitting));
    asked->press(Qt::Key_Minus, Qt::ControlModifier);
    CHECK(asked->find("pdfPage")->width() == Approx(0.8 * fitting));
    CHECK(in_sight(*asked.shown, "passageMark"));
    const qreal before = asked->find("pdfView")->property("contentY").toDouble();
    asked->press(Qt::Key_PageDown);
    CHECK(asked->find("pdfView")->property("contentY").toDouble() > before + 100);
    asked->press(Qt::Key_PageUp);
    CHECK(asked->find("pdfView")->property("contentY").toDouble() == Approx(before));
    asked->press(Qt::Key_N, Qt::ControlModifier);
    CHECK(asked->find("sourcePane") == nullptr);
    CHECK(asked->focused() == "questionInput");
}

TEST_CASE(
    "HTML is shown as text with the passage marked, and Alt+arrows go from source to source") {
    Asked asked({citation_of_block(1, kSamples + "zlib-faq.txt", 5),
                 citation_of_block(2, kSamples + "sqlite-write-ahead-logging.html", 12)});
    asked.choose_marker();
    REQUIRE(asked.sees("readingText"));
    CHECK(asked->find("sourceProblem") == nullptr);
    CHECK(asked->text_of("sourceTitle") == "sqlite-write-ahead-logging.html");
    CHECK(asked->find("sourceProblem") == nullptr);
    asked->grab("source_html");
    asked->press(Qt::Key_Right, Qt::AltModifier);  // it is the last
    CHECK(asked->text_of("sourceTitle") == "sqlite-write-ahead-logging.html");
    asked->press(Qt::Key_Left, Qt::AltModifier);
    CHECK(asked->text_of("sourceTitle") == "zlib-faq.txt");
    REQUIRE(asked.sees("readingText"));
    asked->grab("source_text");
    asked->click("nextSourceButton");
    CHECK(asked->text_of("sourceTitle") == "sqlite-write-ahead-logging.html");
    asked->click("closeSourceButton");
    CHECK(asked->find("sourcePane") == nullptr);
}

TEST_CASE("Ctrl+F finds inside the document, Enter goes on, Esc ends it") {
    for (const char* name : {"bzip2-manual.pdf", "sqlite-write-ahead-logging.html"}) {
        Asked asked({citation(1, "wal.html", 0), citation_of_block(2, kSamples + name, 9)});
        asked.choose_marker();
        REQUIRE(wait_until([&] { return asked->find("pdfPage") || asked->find("readingText"); }));
        asked->press(Qt::Key_F, Qt::ControlModifier);
        REQUIRE(asked->focused() == "findField");
        asked->type("the");
        asked->press(Qt::Key_Return);
        REQUIRE(wait_until([&] { return asked->text_of("matchText").contains(" of "); }));
        const QString first = asked->text_of("matchText");
        asked->press(Qt::Key_Return);
        CHECK(asked->text_of("matchText") != first);
        asked->press(Qt::Key_Return, Qt::ShiftModifier);
        CHECK(asked->text_of("matchText") == first);
        asked->grab(QStringLiteral("source_find_") + QString(name).section('.', -1));
        asked->type("zzz");
        asked->press(Qt::Key_Return);
        CHECK(wait_until([&] { return asked->text_of("matchText") == "Not found"; }));
        asked->press(Qt::Key_Escape);
        CHECK(asked->find("findField") == nullptr);
        CHECK(asked->find("sourcePane") != nullptr);
    }
}

TEST_CASE("a narrow window shows the source over the conversation") {
    Asked asked(
        {citation(1, "wal.html", 0), citation_of_block(2, kSamples + "bzip2-manual.pdf", 9)});
    asked->window().setWidth(600);
    asked.choose_marker();
    REQUIRE(asked.sees("pdfPage"));
    CHECK(asked->find("sourcePane")->width() == Approx(600));
    asked->grab("source_narrow");
    asked->press(Qt::Key_Escape);
    CHECK(asked->find("sourcePane") == nullptr);
    CHECK(asked->focused() == "answerArea");
}

TEST_CASE("a document that is gone says so, shows what was read, and offers to look again") {
    Asked asked({citation(1, "wal.html", 0), citation(2, "manual.pdf", 7)});
    asked.choose_marker();
    REQUIRE(asked.sees("sourceProblem"));
    CHECK(asked->text_of("sourceProblem").startsWith("manual.pdf is no longer there"));
    CHECK(asked->text_of("storedPassage") == "The text of passage 2.");
    asked->grab("source_gone");
    asked->click("readAgainButton");
    CHECK(wait_until([&] { return asked.assistant.n_indexed > 0; }));
}

TEST_CASE("a document that changed is shown; what is no longer in it is said") {
    const TempDir dir;
    const std::filesystem::path path = dir / "notes.txt";
    std::ofstream(path) << "A first paragraph.\n\nThe passage stands here, in the second one.\n";
    Citation changed = citation(2, "notes.txt", 0);
    changed.path = path;
    changed.text = "The passage stands here, in the second one.";
    changed.sources = {{0, 3, 20}};
    changed.stamp = {1, 1};
    {
        Asked asked({citation(1, "wal.html", 0), changed});
        asked.choose_marker();
        REQUIRE(asked.sees("readingText"));
        CHECK(asked->find("sourceProblem") == nullptr);
    }
    changed.text = "This was cut out of the document long ago.";
    Asked asked({citation(1, "wal.html", 0), changed});
    asked.choose_marker();
    REQUIRE(asked.sees("sourceProblem"));
    CHECK(asked->text_of("sourceProblem") ==
          "notes.txt has changed since it was read, and this passage is no longer in it.");
    CHECK(asked->find("readingText") != nullptr);
    CHECK(asked->find("readAgainButton") != nullptr);
    CHECK(asked->text_of("storedPassage") == changed.text.c_str());
    asked->grab("source_changed");
}

TEST_CASE("a source opens in its own application and shows in its folder") {
    const OpenedUrls opened;
    Asked asked({citation(1, "wal.html", 0), citation_of_block(2, kSamples + "zlib-faq.txt", 5)});
    asked.choose_marker();
    asked->click("openExternallyButton");
    REQUIRE(opened.urls.size() == 1);
    CHECK(opened.urls[0].fileName() == "zlib-faq.txt");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");  // no file manager answers
    asked->click("showInFolderButton");
    REQUIRE(wait_until([&] { return opened.urls.size() == 2; }));
    CHECK(opened.urls[1].fileName() == "samples");
}

TEST_CASE("the mouse resting on a marker shows the passage, and a click opens its source") {
    Asked asked({citation(1, "wal.html", 0), citation(2, "manual.pdf", 7)});
    // Where it is may still change while the answer is laid out.
    REQUIRE(wait_until([&] {
        QTest::mouseMove(&asked->window(), marker_in(*asked.shown));
        return asked->find("previewText") != nullptr;
    }));
    CHECK(asked->text_of("previewText").contains("The text of passage 2."));
    asked->grab("source_hover");
    QTest::mouseClick(&asked->window(), Qt::LeftButton, {}, marker_in(*asked.shown));
    CHECK(asked->text_of("sourceTitle") == "manual.pdf");
}

#include "source_pane_test.moc"
