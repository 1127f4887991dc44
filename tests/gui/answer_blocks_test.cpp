// An answer's blocks: as a model while it grows, and in the window.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QQuickTextDocument>
#include <QSignalSpy>
#include <QTest>

#include "app/gui/answer_block_model.h"
#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr const char* kLong =
    "## What a checkpoint does\n\nIt copies pages. It *resets* the **log**, see "
    "[the page](https://sqlite.org/wal.html) and `wal_checkpoint`.\n\n"
    "1. Readers go on\n   - at their end mark\n   - until they close\n2. Writers wait\n\n"
    "> A reader that never closes keeps the log growing.\n\n"
    "| Mode | Waits for readers | Truncates the log | What it is for |\n|---|:-:|:-:|---|\n"
    "| `PASSIVE` | no | no | as much as can be done at once |\n"
    "| `TRUNCATE` | yes | yes | a small file |\n\n"
    "```sql\nPRAGMA wal_checkpoint(TRUNCATE);  -- and a comment that is far too long to fit into "
    "the column of an answer, so that it scrolls\nSELECT 1 < 2;\n```\n\n---\n\n"
    "The cost is $O(n^2)$, at most \\(\\frac{n+1}{2}\\) pages: $\\sum_{i=1}^{n} x_i \\le \\alpha$.";

void ask_and_settle(WindowFixture& shown, FakeAssistant& assistant) {
    ask_and_wait(shown, assistant, "what?");
    QTest::qWait(50);  // its heights are settled
}

/// Remembers the last link that was to be opened.
class Opened : public QObject {
    Q_OBJECT
  public:
    Opened() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "open"); }
    ~Opened() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }
    QUrl url;
  public slots:
    void open(const QUrl& opened) { url = opened; }
};

}  // namespace

TEST_CASE("while an answer grows, only its last blocks change") {
    start_application();
    AnswerBlockModel blocks;
    QAbstractItemModelTester tester(&blocks, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const std::string text = kLong;
    AnswerDraft draft;
    QSignalSpy changed(&blocks, &AnswerBlockModel::dataChanged);
    for (std::size_t size = 1; size <= text.size(); ++size) {
        draft.text = text.substr(0, size);
        draft.sentences.clear();
        if (size > 43) draft.sentences.push_back({43, {1}});
        if (size > 200) draft.sentences.push_back({200, {2}});
        changed.clear();
        const int before = blocks.rowCount();
        blocks.show(draft);
        for (const QList<QVariant>& change : changed)
            CHECK(change[0].toModelIndex().row() >= before - 6);
        if (size > 60)
            CHECK(blocks.data(blocks.index(0), Qt::DisplayRole) == "What a checkpoint does");
    }
    AnswerBlockModel whole;
    whole.show(draft);
    REQUIRE(whole.rowCount() == blocks.rowCount());
    for (int row = 0; row < whole.rowCount(); ++row)
        CHECK(whole.data(whole.index(row), AnswerBlockModel::HtmlRole) ==
              blocks.data(blocks.index(row), AnswerBlockModel::HtmlRole));
    blocks.show({"Another.", {}, {}});
    CHECK(blocks.rowCount() == 1);
}

TEST_CASE("headings, lists, tables, quotes, code and formulas are laid out, wide ones sideways") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.pieces = {"Short.", kLong};
    assistant.pieces[1].insert(0, "\n\n");
    WindowFixture shown(assistant);
    shown.window().resize(1100, 1500);
    ask_and_settle(shown, assistant);
    CHECK(shown.answer().contains("O(n²), at most (n+1)/2 pages: ∑ᵢ₌₁ⁿ xᵢ ≤ α."));
    CHECK(shown.answer().contains("SELECT 1 < 2;"));
    CHECK(shown.text_of("codeLanguage") == "sql");
    const QList<QQuickItem*> areas = shown.find_all("answerArea");
    REQUIRE(areas.size() == 11);
    CHECK(areas[1]->property("font").value<QFont>().bold());
    CHECK(areas[4]->mapToScene({0, 0}).x() > areas[3]->mapToScene({0, 0}).x());
    for (int i = 1; i < areas.size(); ++i)  // one below the other
        CHECK(areas[i]->mapToScene({0, 0}).y() >=
              areas[i - 1]->mapToScene({0, areas[i - 1]->height()}).y() - 1);
    const QList<QQuickItem*> bars = shown.find_all("sidewaysBar");
    REQUIRE(bars.size() == 1);  // the code's: the table fits
    QQuickItem* view = bars[0]->parentItem();
    CHECK(view->property("contentWidth").toReal() > view->width());
    shown.grab("blocks");
}

TEST_CASE("a code block is copied by its button, which Tab reaches") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.pieces = {"So:\n\n```sql\nSELECT 'a' < 2;\n", "  -- yes\n```"};
    WindowFixture shown(assistant);
    ask_and_settle(shown, assistant);
    REQUIRE(shown.tab_to("copyCodeButton", 40));
    shown.press(Qt::Key_Return);
    CHECK(QGuiApplication::clipboard()->text() == "SELECT 'a' < 2;\n  -- yes");
    CHECK(shown.text_of("copyCodeButton") == "Copied");
}

TEST_CASE("a link shows where it leads before it is opened") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.citations.clear();
    assistant.pieces = {"See", " [here](https://e.org/a?b=1&c=2) now."};
    Opened opened;
    WindowFixture shown(assistant);
    ask_and_settle(shown, assistant);
    REQUIRE(shown.tab_to("answerArea", 40));
    shown.press(Qt::Key_Tab);  // behind the marker
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.text_of("linkText") == "https://e.org/a?b=1&c=2"; }));
    CHECK(opened.url.isEmpty());
    shown.grab("link");
    shown.press(Qt::Key_Escape);
    REQUIRE(wait_until([&] { return shown.find("linkText") == nullptr; }));
    CHECK(opened.url.isEmpty());
    CHECK(shown.focused() == "answerArea");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.focused() == "linkOpen"; }));
    shown.press(Qt::Key_Return);
    CHECK(opened.url == QUrl("https://e.org/a?b=1&c=2"));
    shown.controller().openLink("file:///etc/passwd");
    CHECK(opened.url == QUrl("https://e.org/a?b=1&c=2"));
}

TEST_CASE("a selection goes over blocks, and Ctrl+C copies it") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.pieces = {"First line.\n\nSecond line.", "\n\nThird line."};
    WindowFixture shown(assistant);
    ask_and_settle(shown, assistant);
    const QList<QQuickItem*> areas = shown.find_all("answerArea");
    REQUIRE(areas.size() == 3);
    const QPoint from = areas[0]->mapToScene({6, 10}).toPoint();
    const QPoint to = areas[2]->mapToScene({areas[2]->width() - 8, 10}).toPoint();
    QTest::mousePress(&shown.window(), Qt::LeftButton, {}, from);
    for (int step = 1; step <= 8; ++step) {
        QTest::mouseMove(&shown.window(), from + (to - from) * step / 8);
        QTest::qWait(10);
    }
    QTest::mouseRelease(&shown.window(), Qt::LeftButton, {}, to);
    QTest::qWait(20);
    shown.press(Qt::Key_C, Qt::ControlModifier);
    shown.grab("selection");
    const QString copied = QGuiApplication::clipboard()->text();
    INFO(copied.toStdString());
    CHECK(copied.endsWith("irst line.\n\nSecond line. [2]\n\nThird line."));
    QTest::mouseClick(&shown.window(), Qt::LeftButton, {}, from);
    CHECK(areas[2]->property("selectedText").toString().isEmpty());
}

#include "answer_blocks_test.moc"

TEST_CASE("lines of an answer have at most 75 characters, however wide the window is") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(2);
    assistant.pieces = {
        "A checkpoint copies the pages that the log has collected back into the file of the "
        "database, so that the log can be used again from its beginning by whoever writes next. ",
        "Readers that are still busy with an older state of the file keep it from being cut, and "
        "a reader that never ends makes the log grow until the disk is full, which nobody wants."};
    WindowFixture shown(assistant);
    shown.window().resize(1900, 900);
    ask_and_wait(shown, assistant, "what?");
    QQuickItem* area = shown.find("answerArea");
    REQUIRE(area != nullptr);
    REQUIRE(wait_until(
        [&] { return area->height() > 3 * area->property("font").value<QFont>().pointSizeF(); }));
    const int length = area->property("length").toInt();
    double line_at = -1;
    int n_of_line = 0, n_lines = 0, longest = 0;
    for (int i = 0; i < length; ++i) {
        QRectF place;
        REQUIRE(QMetaObject::invokeMethod(area, "positionToRectangle", Q_RETURN_ARG(QRectF, place),
                                          Q_ARG(int, i)));
        n_lines += place.y() != line_at ? 1 : 0;
        n_of_line = place.y() != line_at ? 1 : n_of_line + 1;
        line_at = place.y();
        longest = std::max(longest, n_of_line);
    }
    CHECK(n_lines > 3);
    CHECK(longest <= 75);
    CHECK(longest > 60);
}
