#include "app/gui/answer_document.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickTextDocument>
#include <QTextCursor>
#include <QTextDocument>
#include <memory>

#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// An answer laid out in a text item of its own.
struct LaidOut {
    explicit LaidOut(const char* markdown) {
        QQmlComponent component(&engine);
        component.setData("import QtQuick\nTextEdit { textFormat: TextEdit.RichText }", QUrl());
        item.reset(component.create());
        REQUIRE(item != nullptr);
        answer.setProperty("linkColor", QColor(Qt::red));
        answer.setProperty("currentColor", QColor(Qt::white));
        answer.setDocument(qvariant_cast<QQuickTextDocument*>(item->property("textDocument")));
        answer.setMarkdown(QString::fromUtf8(markdown));
    }
    QTextDocument& document() { return *answer.document()->textDocument(); }
    QString text() { return document().toPlainText(); }
    QTextCharFormat format_of_marker(int marker) {
        QTextCursor cursor(&document());
        cursor.setPosition(answer.positionOf(marker) + 1);
        return cursor.charFormat();
    }

    QQmlEngine engine;
    std::unique_ptr<QObject> item;
    AnswerDocument answer;
};

}  // namespace

TEST_CASE("markers are found in the order of the text, with the sources they point to") {
    start_application();
    LaidOut shown("One. [\\[2\\]](source:2) [\\[1\\]](source:1)\n\n- Two. [\\[3\\]](source:3)");
    CHECK(shown.text() == "One. [2] [1]\nTwo. [3]");
    REQUIRE(shown.answer.markerCount() == 3);
    CHECK(shown.answer.sourceOf(1) == 2);
    CHECK(shown.answer.sourceOf(2) == 1);
    CHECK(shown.answer.sourceOf(3) == 3);
    CHECK(shown.answer.sourceOf(0) == 0);
    CHECK(shown.answer.sourceOf(4) == 0);
    CHECK(shown.answer.positionOf(4) == -1);
}

TEST_CASE("a marker has the colour it was given, and another one with the keyboard's focus") {
    start_application();
    LaidOut shown("One. [\\[2\\]](source:2) [\\[1\\]](source:1)");
    CHECK(shown.format_of_marker(1).foreground().color() == QColor(Qt::red));
    shown.answer.setProperty("currentMarker", 1);
    CHECK(shown.format_of_marker(1).foreground().color() == QColor(Qt::white));
    CHECK(shown.format_of_marker(2).foreground().color() == QColor(Qt::red));
    shown.answer.setProperty("currentMarker", 0);
    CHECK(shown.format_of_marker(1).foreground().color() == QColor(Qt::red));
}

TEST_CASE("an answer's HTML stays text and its web links lead nowhere") {
    start_application();
    LaidOut shown("<img src=\"file:///etc/logo.png\"> <b>x</b> [here](https://example.org/?q=1)");
    CHECK(shown.text().contains("<img"));
    CHECK(shown.text().contains("<b>x</b>"));
    CHECK(shown.text().contains("here"));
    CHECK(shown.answer.markerCount() == 0);
    CHECK_FALSE(shown.document().toHtml().contains("href"));
}
