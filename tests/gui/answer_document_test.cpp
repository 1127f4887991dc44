// A block of an answer in a text item: its links, their looks, code.
#include "app/gui/answer_document.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickTextDocument>
#include <QTextCursor>
#include <QTextDocument>
#include <memory>

#include "app/gui/answer_block_model.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// The first block of an answer laid out in a text item of its own.
struct LaidOut {
    LaidOut(const char* markdown, std::vector<CitedSentence> sentences) {
        QQmlComponent component(&engine);
        component.setData("import QtQuick\nTextEdit { textFormat: TextEdit.RichText }", QUrl());
        item.reset(component.create());
        REQUIRE(item != nullptr);
        AnswerBlockModel blocks;
        blocks.show({markdown, std::move(sentences), {}});
        answer.setProperty("linkColor", QColor(Qt::red));
        answer.setProperty("currentColor", QColor(Qt::white));
        answer.setDocument(qvariant_cast<QQuickTextDocument*>(item->property("textDocument")));
        answer.setHtml(blocks.data(blocks.index(0), AnswerBlockModel::HtmlRole).toString());
    }
    QTextDocument& document() { return *answer.document()->textDocument(); }
    QString text() { return document().toPlainText(); }
    QTextCharFormat format_of_link(int link) {
        QTextCursor cursor(&document());
        cursor.setPosition(answer.positionOf(link) + 1);
        return cursor.charFormat();
    }

    QQmlEngine engine;
    std::unique_ptr<QObject> item;
    AnswerDocument answer;
};

}  // namespace

TEST_CASE("markers and links are found in the order of the text, with where they lead") {
    start_application();
    LaidOut shown("One. See [the **long** page](https://e.org/).", {{4, {2, 1}}});
    CHECK(shown.text() == "One. [2] [1] See the long page.");
    REQUIRE(shown.answer.linkCount() == 3);
    CHECK(shown.answer.hrefOf(1) == "source:2");
    CHECK(shown.answer.hrefOf(2) == "source:1");
    CHECK(shown.answer.hrefOf(3) == "https://e.org/");
    CHECK(shown.answer.hrefOf(0).isEmpty());
    CHECK(shown.answer.hrefOf(4).isEmpty());
    CHECK(shown.answer.positionOf(4) == -1);
    CHECK_FALSE(shown.format_of_link(1).fontUnderline());
    CHECK(shown.format_of_link(3).fontUnderline());
}

TEST_CASE("a marker has the colour it was given, and another one with the keyboard's focus") {
    start_application();
    LaidOut shown("One.", {{4, {2, 1}}});
    CHECK(shown.format_of_link(1).foreground().color() == QColor(Qt::red));
    shown.answer.setProperty("currentLink", 1);
    CHECK(shown.format_of_link(1).foreground().color() == QColor(Qt::white));
    CHECK(shown.format_of_link(2).foreground().color() == QColor(Qt::red));
    shown.answer.setProperty("currentLink", 0);
    CHECK(shown.format_of_link(1).foreground().color() == QColor(Qt::red));
}

TEST_CASE("an answer's HTML stays text, and no link but to the web is one") {
    start_application();
    LaidOut shown("<img src=\"file:///etc/logo.png\"> <b>x</b> [here](file:///etc/passwd)", {});
    CHECK(shown.text() == "<img src=\"file:///etc/logo.png\"> <b>x</b> here");
    CHECK(shown.answer.linkCount() == 0);
    CHECK_FALSE(shown.document().toHtml().contains("href"));
}

TEST_CASE("code keeps its spaces, its lines and its signs") {
    start_application();
    LaidOut shown("```c\nif (a  <  b && c)\n    go();\n```", {});
    CHECK(shown.text() == "if (a  <  b && c)\n    go();");
    LaidOut inline_code("Use `a  <b>`.", {});
    CHECK(inline_code.text() == "Use a  <b>.");
    QTextCursor cursor(&inline_code.document());
    cursor.setPosition(6);
    inline_code.answer.setProperty("chipColor", QColor(Qt::blue));
    CHECK(cursor.charFormat().background().color() == QColor(Qt::blue));
    CHECK(cursor.charFormat().fontFamilies().toStringList() == QStringList{"monospace"});
}
